import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onepublic.core.fulltext.folding import folded, folded_with_places, in_other_digits

OFFICIAL = st.sampled_from(
    [
        *"予防接種第二〇号2０20ヵヶか月カヷｶﾞﾊﾟぱが髙高﨑崎檮梼ＡａÅé（株）㈱－ー‐ \n　「」",
        "か\u3099",
        "葛\U000e0100",
        "㍻",
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(OFFICIAL, max_size=40).map("".join))
VISIBLE = re.compile(
    ".[\u0300-\u036f\u3099\u309a\u20d0-\u20ff\ufe00-\ufe0f\uff9e\uff9f\U000e0100-\U000e01ef]*",
    re.DOTALL,
)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ＣＯＶＩＤ－１９", "covid-19"),
        ("ﾜｸﾁﾝ", "ワクチン"),
        ("がん検診", "ガン検診"),
        ("髙﨑市", "高崎市"),
        ("檮原町", "梼原町"),
        ("發兒第二〇號", "発児第20号"),
        ("二○号", "20号"),
        ("霞ヶ関", "霞ケ関"),
        ("予防\n　接種", "予防接種"),
        ("㈱", "(株)"),
        ("か\u3099ん", "がん"),
        ("葛\U000e0100城市", "葛城市"),
    ],
)
def test_what_a_reader_takes_for_the_same_becomes_the_same(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


@pytest.mark.parametrize(("one", "other"), [("予防", "予报"), ("第12号", "第21号"), ("か", "が")])
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS, st.data())
def test_whatever_is_cut_out_between_visible_characters_is_found(
    text: str, draw: st.DataObject
) -> None:
    characters = VISIBLE.findall(text)
    start = draw.draw(st.integers(0, len(characters)))
    end = draw.draw(st.integers(start, len(characters)))

    assert folded("".join(characters[start:end])) in folded(text)


@given(TEXTS)
def test_each_folded_character_knows_where_it_came_from(text: str) -> None:
    plain, places = folded_with_places(text)

    assert plain == folded(text)
    assert len(places) == len(plain) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("第20条", "第2十条"),
        ("第2十条", "第20条"),
        ("第十条", "第10条"),
        ("第10条", "第十条"),
        ("25日", "2十5日"),
        ("十5日", "15日"),
    ],
)
def test_numbers_to_99_are_also_looked_for_in_the_other_digits(term: str, other: str) -> None:
    assert in_other_digits(term) == (term, other)


@pytest.mark.parametrize("term", ["予防接種", "第2号", "2026", "百二十", "007"])
def test_other_terms_have_one_way(term: str) -> None:
    assert in_other_digits(folded(term)) == (folded(term),)
