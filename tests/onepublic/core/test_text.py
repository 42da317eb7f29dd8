import pytest

from onepublic.core.text import fold, forbidden_character, unify_newlines, words_of


def test_words_of_a_search_are_folded_cleaned_and_cut() -> None:
    assert words_of("\0 ＡＢＣ\x07　髙松\n") == "abc 高松"
    assert len(words_of("あ" * 40_000)) == 100


@pytest.mark.parametrize(
    ("typed", "folded"), [("第１号", "第1号"), ("檮原町", "梼原町"), ("ｶﾅ", "カナ"), ("ABC", "abc")]
)
def test_width_case_and_variants_are_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一行目\n\t二行目", None),
        ("a\0b", "U+0000"),
        ("a\u202eb", "U+202E"),
        ("\ud800", "U+D800"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_it_names_the_first_character_that_may_not_be_stored(text: str, found: str | None) -> None:
    assert forbidden_character(text) == found


def test_every_line_end_becomes_a_line_feed() -> None:
    assert unify_newlines("a\r\nb\rc\nd") == "a\nb\nc\nd"
