import html
import re

from hypothesis import given
from hypothesis import strategies as st

from onepublic.core.fulltext.excerpts import excerpt, marked
from onepublic.core.fulltext.folding import folded

TEXTS = st.text(alphabet='予防接種髙高ｶﾞがガ㈱<&"1１一 \n', max_size=40)


def test_hits_are_marked_as_they_were_written() -> None:
    text = "髙﨑市の<ﾖﾎﾞｳ>接種"

    assert marked(text, ["高崎", "ヨボウ"]) == ("<mark>髙﨑</mark>市の&lt;<mark>ﾖﾎﾞｳ</mark>&gt;接種")


def test_hits_that_touch_are_one() -> None:
    assert marked("予防接種", ["予防", "防接", "接種"]) == "<mark>予防接種</mark>"


def test_a_character_that_folds_to_several_is_marked_whole() -> None:
    assert marked("㈱見本", ["株"]) == "<mark>㈱</mark>見本"


def test_an_excerpt_shows_what_is_around_the_first_hit() -> None:
    text = "あ" * 100 + "予防\n接種" + "い" * 300

    assert excerpt(text, ["予防接種"]) == (
        "…" + "あ" * 30 + "<mark>予防 接種</mark>" + "い" * 85 + "…"
    )


def test_a_hit_deep_in_a_long_text_is_found_also_across_pieces() -> None:
    for place in (3_598, 3_999, 7_199, 20_000):
        assert "<mark>予防接種</mark>" in excerpt("あ" * place + "予防接種", ["予防接種"])


def test_without_a_hit_there_is_no_excerpt() -> None:
    assert excerpt("予防接種", ["乳児"]) == ""
    assert excerpt("", ["乳児"]) == ""


@given(TEXTS, st.lists(TEXTS.map(folded).filter(bool), max_size=3))
def test_marking_changes_nothing_but_adds_marks(text: str, needles: list[str]) -> None:
    plain = html.unescape(re.sub("</?mark>", "", marked(text, needles)))

    assert plain == text
