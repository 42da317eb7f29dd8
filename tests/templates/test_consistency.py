"""What holds for every template and stylesheet, whoever wrote it."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
TOKENS = ROOT / "static" / "vendor" / "dads" / "tokens.css"

INCLUDE = re.compile(r"{%\s*include\s+(.+?)\s*%}", re.DOTALL)
INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=|<style\b|<script(?![^>]*\ssrc=)|javascript:", re.I)
HOST = re.compile(r"(?:https?:)?//[\w.-]+\.\w")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _includes() -> list[tuple[str, str]]:
    return [
        (_name(path), found) for path in TEMPLATES for found in INCLUDE.findall(path.read_text())
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_holds_no_style_or_script_of_its_own(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_htmx_attributes_are_valid_html(path: Path) -> None:
    assert re.findall(r"\shx-[a-z-]+=", path.read_text()) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES, *SCRIPTS, TOKENS], ids=_name)
def test_file_names_no_other_host(path: Path) -> None:
    text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert HOST.findall(text) == []


def test_every_include_of_a_component_sees_named_values_only() -> None:
    open_ones = [
        (name, found)
        for name, found in _includes()
        if "components/" in found and found.split()[-1] != "only"
    ]

    assert open_ones == []


def test_every_component_is_included_somewhere() -> None:
    included = {found.split()[0].strip("\"'") for _, found in _includes()}
    unused = [path.name for path in COMPONENTS if f"components/{path.name}" not in included]

    assert unused == []


def test_every_component_is_shown_on_the_style_page_or_is_part_of_the_frame() -> None:
    frame = {"brand.html", "footer.html", "header.html", "messages.html", "stylesheets.html"}
    style_page = (ROOT / "templates" / "styleguide.html").read_text()
    hidden = {path.name for path in COMPONENTS if f"components/{path.name}" not in style_page}

    assert hidden == frame


def test_every_component_is_described() -> None:
    text = (ROOT / "templates" / "components" / "README.md").read_text()
    frame = {"brand", "footer", "header", "messages", "stylesheets"}
    usages = {path.stem for path in COMPONENTS if f'"components/{path.name}" ' in text}

    assert usages == {path.stem for path in COMPONENTS} - frame


def test_every_stylesheet_is_linked_once() -> None:
    text = (ROOT / "templates" / "components" / "stylesheets.html").read_text()
    linked = re.findall(r"{% static '([^']+)' %}", text)
    shipped = [path.relative_to(ROOT / "static").as_posix() for path in [TOKENS, *STYLES]]

    assert sorted(linked) == sorted(shipped)


def _classes(text: str) -> set[str]:
    """The names in class attributes that are written out in full."""
    text = re.sub(r"-{%\s*if\b.*?{%\s*endif\s*%}", "-{}", text)
    text = re.sub(r"{{.*?}}", "{}", re.sub(r"{%.*?%}", " ", text))
    names = " ".join(re.findall(r'class="([^"]*)"', text)).split()
    return {name for name in names if "{}" not in name}


def test_every_used_class_has_a_look() -> None:
    looks = set(re.findall(r"\.([a-z][\w-]*)", "".join(path.read_text() for path in STYLES)))
    plain = {(_name(path), name) for path in TEMPLATES for name in _classes(path.read_text())}

    assert sorted(pair for pair in plain if pair[1] not in looks) == []


def test_every_used_variable_is_defined() -> None:
    everything = "".join(path.read_text() for path in [TOKENS, *STYLES])
    with_default = set(re.findall(r"var\((--[\w-]+),", everything))
    used = set(re.findall(r"var\((--[\w-]+)\)", everything))
    defined = set(re.findall(r"(--[\w-]+):", everything))

    assert used - defined - with_default == set()


def test_tokens_are_the_published_ones() -> None:
    readme = TOKENS.with_name("README.md").read_text()
    stated = re.findall(r"sha256 of `tokens\.css` \| `([0-9a-f]{64})`", readme)

    assert stated == [hashlib.sha256(TOKENS.read_bytes()).hexdigest()]


def test_inline_pattern_finds_what_it_should() -> None:
    bad = ['<p style="x">', '<a onclick="x">', "<style>", "<script>x</script>", "<script defer>"]
    good = ['<script src="{% static %}" defer></script>', '<link rel="stylesheet">', "<b>on = </b>"]

    assert [bool(INLINE.search(text)) for text in bad] == [True] * len(bad)
    assert [bool(INLINE.search(text)) for text in good] == [False] * len(good)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_page_with_a_summary_of_its_own_tells_errors_once(path: Path) -> None:
    """A form shown by crispy brings a summary unless the page says that it has told them."""
    text = path.read_text()
    told = re.findall(r"error_summary\.html\" with form=(\w+) ", text)
    shown = re.findall(r"(?<!errors_told=True %}){% crispy (\w+) %}", text)

    assert set(told) & set(shown) == set()
