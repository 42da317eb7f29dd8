from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notices.body import plain, render
from notices.body.pasting import markdown_of
from notices.body.rendering import TAGS
from tests.notices.body.tags import Tags

CLIPBOARD = Path(__file__).parent / "clipboard"
PIECES = [
    "<p>",
    "</p>",
    "<p style='mso-list:l0 level2 lfo1'>",
    "<span style='mso-list:Ignore'>",
    "<p style='mso-char-indent-count:1.2.3'>",
    "<ul>",
    "<ol start=7>",
    "<ol start='-1'>",
    "<li>",
    "<table>",
    "<tr>",
    "<td>",
    "<td colspan=1000 rowspan=9999>",
    "<td rowspan=x>",
    "<b>",
    "<br>",
    "<a href='javascript:alert(1)'>",
    "<a href='https://a.example/)\">'>",
    "<h2>",
    "<script>alert(1)</script>",
    "<![if !supportLists]>",
    "<!--",
    "<div style='display:none'>",
    "**",
    "[",
    "|",
    "語",
    " \n",
]


@pytest.mark.parametrize("program", ["word", "excel", "calc", "writer"])
def test_paragraphs_lists_and_tables_stay(program: str) -> None:
    html = (CLIPBOARD / f"{program}.html").read_text()

    assert markdown_of(html) == (CLIPBOARD / f"{program}.md").read_text().rstrip("\n")


def test_what_was_a_list_in_word_is_a_list_on_the_page() -> None:
    html = render(markdown_of((CLIPBOARD / "word.html").read_text()))

    assert html.count("<ul>") == 2
    assert html.count("<tr>") == 2
    assert '<span class="line line-end">以上</span>' in html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("文字だけ", "文字だけ"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<div>一<div>二</div>三</div>", "一\n二\n三"),
        ("<span><p>一</p><p>二</p></span>", "一\n二"),
        ("<p>一<br>二</p>", "一\n二"),
        ("<p>日本\n語</p>", "日本語"),
        ("<p>two\nwords</p>", "two words"),
        ("<p>　字下げ</p>", "　字下げ"),
        ("<table><tr><td>一つ</td></tr></table>", "一つ"),
        ("<table><tr><td></td></tr></table>", ""),
        ("<p><b>一 </b>二</p>", "**一** 二"),
        ("<p><b>一<br>二</b></p>", "**一**\n**二**"),
        ("<b style='font-weight:normal'><p>一</p></b>", "一"),
        ("<p><span style='font-weight:700'>一</span></p>", "**一**"),
        ("<p><a href='javascript:alert(1)'>一</a></p>", "一"),
        ("<p><a href='https://a.example/'>https://a.example/</a></p>", "https://a.example/"),
        ("<p><a href='https://a.example/'>[一</a></p>", "[\\[一](<https://a.example/>)"),
        ("<p>前</p><ul><li>一<ul><li>二</li></ul></li></ul>後", "前\n\n- 一\n   - 二\n\n後"),
        ("<ul><li>一</li><ul><li>二</li></ul></ul>", "- 一\n   - 二"),
        ("<style>p{}</style><script>x</script><p>一</p>", "一"),
        ("<p style='display:none'>見えない</p>", ""),
        ("<p><img src='file:///x.png'>一</p>", "一"),
    ],
)
def test_small_pieces(html: str, text: str) -> None:
    assert markdown_of(html) == text


@example(".HTM")
@example("https://portal.example/")
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_clipboard_becomes_harmless_text(html: str) -> None:
    found = Tags(render(markdown_of(html)))

    assert found.names <= TAGS
    assert [
        a for a in found.addresses if not a.startswith(("http://", "https://", "mailto:"))
    ] == []


@pytest.mark.parametrize("html", ["<p>語" * 30_001, "語" * 200_001, "<!--" + " " * 1_000_000])
def test_more_than_any_body_holds_is_left_to_the_plain_text(html: str) -> None:
    assert markdown_of(html) == ""


@pytest.mark.parametrize("tag", ["div", "ul><li", "b", "table><tr><td", "span"])
def test_nesting_deeper_than_any_document_still_gives_its_words(tag: str) -> None:
    assert "語" in plain(markdown_of(f"<{tag}>" * 2_000 + "語"))


def test_nesting_that_would_keep_the_cleaner_busy_is_left_to_the_plain_text() -> None:
    assert markdown_of("<div>" * 5_001 + "語") == ""


def test_tags_that_nobody_closes_are_no_nesting() -> None:
    assert markdown_of("<p>語<br>" * 300) == "\n".join(["語"] * 300)


def test_an_indent_without_end_is_the_widest() -> None:
    indent = "9" * 400

    assert markdown_of(f"<p style='mso-char-indent-count:{indent}'>語</p>") == f"{'　' * 10}語"
