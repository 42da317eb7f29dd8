import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.body import plain, render
from notices.body.rendering import TAGS
from tests.notices.body.tags import Tags

SAMPLES = Path(__file__).resolve().parents[3] / "onepublic/dev/content/sample_notices.jsonl"
ATTRIBUTES = {"href", "rel", "class", "value", "scope", "role", "aria-label", "tabindex"}
PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<br>",
    "<div style=color:red>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example/)",
    '[x](https://a.example/" onmouseover="alert(1))',
    "[x](<https://a.example/ onclick=alert(1)>)",
    "![x](https://a.example/x.png)",
    "<https://a.example/>",
    'https://a.example/"onclick=alert(1)',
    "&#106;avascript:alert(1)",
    "**",
    "*",
    "_",
    "`",
    "\\",
    "|",
    "|-|\n",
    "# ",
    "- ",
    "1. ",
    "> ",
    "\n",
    "\n\n",
    "    ",
    "　",
    "記",
    "以上",
    "１　",
    "（２）",
    "]",
    "(",
    "\x00",
    "\u2028",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def body(text: str) -> str:
    """The HTML without the parser's line ends, which mean nothing."""
    return render(text).replace("\n", "")


@given(TEXTS)
def test_nothing_but_the_allowed_comes_out_of_any_text(text: str) -> None:
    found = Tags(render(text))

    assert found.names <= TAGS
    assert found.attributes <= ATTRIBUTES
    assert [a for a in found.addresses if not re.match(r"(?i)https?://|mailto:", a)] == []


@given(TEXTS)
def test_plain_words_of_any_text_are_found(text: str) -> None:
    assert len(plain(text)) <= 2 * len(text) + 2


@pytest.mark.parametrize("piece", PIECES[:14])
def test_hostile_text_is_shown_not_obeyed(piece: str) -> None:
    found = Tags(render(f"本文{piece}続き"))

    assert found.names <= {"p", "span", "a", "br"}
    assert found.attributes <= {"class", "href", "rel"}


def test_old_plain_text_keeps_every_line_and_indent() -> None:
    bodies = [json.loads(line)["body"] for line in SAMPLES.read_text().splitlines()]

    assert [plain(text) for text in bodies] == bodies


def test_lines_and_full_width_indents_stay_as_typed() -> None:
    assert body("　標記について\n　　次の行") == (
        '<p><span class="line">　標記について</span><span class="line">　　次の行</span></p>'
    )


def test_more_than_one_blank_line_stays() -> None:
    assert body("前\n\n\n\n後") == (
        '<p><span class="line">前</span></p><p><br><br><span class="line">後</span></p>'
    )


def test_ki_stands_in_the_middle_and_ijo_at_the_end() -> None:
    assert body("　　　記　\n\n以　上") == (
        '<p><span class="line line-centre">記</span></p>'
        '<p><span class="line line-end">以　上</span></p>'
    )


@pytest.mark.parametrize(
    ("line", "hang"),
    [
        ("１　対象", 2),
        ("１０　対象", 3),
        ("第１　趣旨", 3),
        ("（１）対象", 3),
        ("⑴　対象", 2),
        ("　ア　対象", 3),
        ("　　（ア）　対象", 6),
        ("①　対象", 2),
        ("・対象", 1),
        ("※　対象", 2),
        ("※１　対象", 3),
        ("（注）対象", 3),
        ("三　対象", 2),
    ],
)
def test_numbers_stay_as_typed_and_their_text_hangs(line: str, hang: int) -> None:
    assert body(line) == f'<p><span class="line hang-{hang}">{line}</span></p>'


@pytest.mark.parametrize(
    "line", ["10人が対象", "１回目", "アの場合", "令和８年　春", "（略）", "記載"]
)
def test_lines_that_only_begin_alike_do_not_hang(line: str) -> None:
    assert body(line) == f'<p><span class="line">{line}</span></p>'


@pytest.mark.parametrize(
    "text", ["_x_", "*x*", "*1 と *2", "`x`", "> x", "---", "~~x~~", "&amp;", "    x", "[x]: y"]
)
def test_signs_outside_the_subset_are_signs(text: str) -> None:
    assert plain(text) == text


def test_strong_words_need_no_spaces_around_them() -> None:
    assert body("本件は**「重要」**である。") == (
        '<p><span class="line">本件は<strong>「重要」</strong>である。</span></p>'
    )


def test_headings_follow_the_heading_of_the_page_without_gaps() -> None:
    names = re.findall(r"<(h\d)", render("### ア\n##### イ\n## ウ\n# エ\n## オ", top=3))

    assert names == ["h3", "h4", "h3", "h3", "h4"]


def test_numbers_of_lists_stay_as_typed() -> None:
    assert body("3. ア\n7. イ") == (
        '<ol><li value="3"><span class="line">ア</span></li>'
        '<li value="7"><span class="line">イ</span></li></ol>'
    )
    assert body("2) ア") == (
        '<ol class="paren"><li value="2"><span class="line">ア</span></li></ol>'
    )


def test_lists_nest() -> None:
    assert plain("- ア\n  - イ\n    続き\n- ウ") == "・ア\n・イ\n続き\n・ウ"


def test_a_table_has_headings_alignment_and_lines_in_cells() -> None:
    html = body("| 区分 | 数 | |\n|---|--:|:-:|\n| 県<br>市 | 47 | a\\|b |")

    assert html == (
        '<div class="letter-table" role="group" aria-label="表" tabindex="0"><table>'
        '<thead><tr><th scope="col">区分</th><th class="end" scope="col">数</th>'
        '<td class="centre"></td></tr></thead>'
        '<tbody><tr><td>県<br>市</td><td class="end">47</td>'
        '<td class="centre">a|b</td></tr></tbody></table></div>'
    )


def test_links_lead_out_without_telling_from_where() -> None:
    assert body("[様式](https://example.jp/a)") == (
        '<p><span class="line"><a href="https://example.jp/a" rel="noopener noreferrer">様式</a>'
        "</span></p>"
    )


def test_an_address_ends_where_japanese_goes_on() -> None:
    html = body("詳細はhttps://example.jp/a_b?c=1。なお")

    assert 'href="https://example.jp/a_b?c=1" class="address"' in html
    assert "</a>。なお" in html


def test_plain_words_of_a_table() -> None:
    assert plain("|区分|数|\n|-|-|\n|県|47|") == "区分 数\n県 47"


def test_a_table_that_would_fill_thousands_of_short_rows_stays_text() -> None:
    wide = "|".join("あ" * 1_000)
    rules = "|".join("-" * 1_000)
    text = f"{wide}\n{rules}\n" + "あ\n" * 6_000

    assert "<table" not in render(text)


def test_a_table_as_long_as_a_body_is_a_table() -> None:
    text = "名称|数\n-|-\n" + "あ|1\n" * 4_900

    assert render(text).count("<tr") == 4_901
