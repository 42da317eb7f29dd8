"""Every page in every role, and every form with its complaints, is valid HTML."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.face.checker import complaints
from tests.face.markup import parse_errors
from tests.face.pages import Page, every_page, refused_forms
from tests.matrix.world import build_world

WRONG = """<!doctype html><html lang="ja"><title>誤り</title>
<ul><div>項目でないもの</div></ul>
<p id="same">一</p><p id="same">二</p>
<img src="x.png">
<button role="heading">見出し</button>
<center>古い要素</center>
</html>"""
WHAT_IS_WRONG = [
    "2: Element “div” not allowed as child of element “ul” in this context."
    " (Suppressing further errors from this subtree.)",
    "3: Duplicate ID “same”.",
    "3: The first occurrence of ID “same” was here.",
    "4: An “img” element must have an “alt” attribute, except under certain conditions."
    " For details, consult guidance on providing text alternatives for images.",
    "5: Bad value “heading” for attribute “role” on element “button”.",
    "6: The “center” element is obsolete. Use CSS instead.",
]


@pytest.fixture(scope="session")
def kept() -> list[Page]:
    """What ``pages`` holds, made once: the tests only read it."""
    return []


@pytest.fixture
def pages(kept: list[Page], db: None) -> list[Page]:
    """All pages, and all answers to forms that are refused."""
    if not kept:
        world = build_world()
        kept += [*every_page(world), *refused_forms(world)]
    return kept


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        ("<!doctype html><title>良い</title><p>文", 0),
        ("<!doctype html><title>閉じない</title><div><p>文</div></p>", 1),
        ("<!doctype html><title>中に置けない</title><p><div>文</div></p>", 1),
        ("<p>宣言がない", 1),
    ],
)
def test_parser_finds_what_is_wrong(html: str, codes: int) -> None:
    assert len(parse_errors(html)) == codes


def test_every_page_parses_without_an_error(pages: list[Page]) -> None:
    wrong = {
        (page.url, page.actor): errors for page in pages if (errors := parse_errors(page.html))
    }

    assert wrong == {}


def test_every_page_passes_the_checker_and_a_wrong_one_does_not(
    pages: list[Page], tmp_path: Path
) -> None:
    """One run for all, because starting the checker takes longer than a page."""
    *found, of_the_wrong_one = complaints(
        [*(page.html for page in pages), WRONG], tmp_path / "pages"
    )

    wrong = {(p.url, p.actor): errors for p, errors in zip(pages, found, strict=True) if errors}
    assert wrong == {}
    assert of_the_wrong_one == WHAT_IS_WRONG


def test_forms_with_complaints_are_among_the_pages(pages: list[Page]) -> None:
    complaining = {page.url.split("/")[-2] for page in pages if 'class="field-error"' in page.html}

    assert complaining >= {"login", "edit", "attachments", "styleguide"}


def test_no_id_is_used_twice(pages: list[Page]) -> None:
    doubled = {
        (page.url, name)
        for page in pages
        for name, times in Counter(re.findall(r'\sid="([^"]*)"', page.html)).items()
        if times > 1
    }

    assert doubled == set()


def test_every_reference_leads_to_an_element(pages: list[Page]) -> None:
    pattern = r'\s(?:for|aria-labelledby|aria-describedby|aria-controls|list|form)="([^"]*)"'
    lost = {
        (page.url, name)
        for page in pages
        for names in re.findall(pattern, page.html)
        for name in names.split()
        if f' id="{name}"' not in page.html
    }

    assert lost == set()
