import pytest
from hypothesis import given
from hypothesis import strategies as st

from onepublic.core.fulltext.folding import folded
from onepublic.core.fulltext.query import LONGEST, MOST_TERMS, Query, parse


def ways(query: Query) -> tuple[list[str], list[str]]:
    """The first way of each wanted and each unwanted term."""
    return [one.ways[0] for one in query.wanted], [one.ways[0] for one in query.unwanted]


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("予防接種　市町村", ["予防接種", "市町村"], []),
        ('"保健 事業" 実施', ["保健事業", "実施"], []),
        ("“保健 事業”", ["保健事業"], []),
        ("「保健 事業」の実施", ["保健事業", "ノ実施"], []),
        (
            '予防 -乳児 －高齢 ‐"定期 接種" -「任意 接種」',
            ["予防"],
            ["乳児", "高齢", "定期接種", "任意接種"],
        ),
        ("COVID-19", ["covid-19"], []),
        ("予防 予防", ["予防"], []),
        ("-乳児", [], ["乳児"]),
        ('- － "" 「」 "', [], []),
        ('予防"接種', ["予防", "接種"], []),
        ("「閉じない", ["閉ジナイ"], []),
        ("", [], []),
        ("\0\x07 \n", [], []),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, wanted: list[str], unwanted: list[str]) -> None:
    assert ways(parse(typed)) == (wanted, unwanted)


def test_an_exclusion_alone_looks_for_nothing() -> None:
    assert not parse("-乳児")
    assert parse("予防 -乳児")


def test_long_input_is_cut() -> None:
    many = parse(" ".join(f"語{number}番" for number in range(30)))

    assert len(many.wanted) == MOST_TERMS
    assert len(parse("あ" * 10_000).wanted[0].ways[0]) == LONGEST


@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_is_an_error(typed: str) -> None:
    query = parse(typed)

    assert bool(query) == bool(query.wanted)
    assert all(folded(way) == way for term in query.wanted for way in term.ways)


def test_the_index_is_asked_in_bigrams_and_prefixes() -> None:
    assert parse("予").candidates == "(('予':*))"
    assert parse("予防 -乳児").candidates == "(('予防'))&!(('乳児'))"
    assert parse("予防接種").candidates == "(('予防'&'接種'&'防接'))"
    assert parse("20").candidates == "(('20')|('2十'))"
    assert parse(r"a'\b").candidates == r"(('''\\'&'\\b'&'a'''))"


def test_a_longer_exclusion_is_left_to_verify() -> None:
    query = parse("予防 -予防接種")

    assert query.candidates == "(('予防'))"
    assert query.estimate == "(('予防'))&!(('予防'&'接種'&'防接'))"
    assert [term.ways for term in query.to_verify[1]] == [("予防接種",)]
    assert query.to_verify[0] == ()


def test_a_text_fits_when_all_is_there_and_nothing_unwanted() -> None:
    query = parse("予防接種 第20条 -乳児")

    assert query.fits(folded("定期の予防接種は、第二十条による"))
    assert not query.fits(folded("定期の予防接種は、第二十条による。乳児"))
    assert not query.fits(folded("定期の予防接種"))
