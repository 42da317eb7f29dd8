import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import (
    NONE_APPLICABLE,
    InvalidValue,
    check_value,
    normalise,
    restore,
    to_json,
)
from tests.surveys.questionnaire.all_types import ALL_NEW, calculated
from tests.surveys.questionnaire.building import (
    multiple,
    number,
    parsed,
    question,
    single,
    table,
    text,
    unhurried,
    yesno,
)

SILENT = ("calculated", "note", "image")
ALL = parsed(
    number("whole"),
    number("fine", min=None, max=None, decimals=3, allow_none=True),
    text("line"),
    question("lines", "longtext", max_length=50, allow_none=True),
    single("one"),
    multiple("many"),
    yesno("yes"),
    question("day", "date", min="2020-01-01"),
    question("files", "file", accept=[".pdf"], max_files=2, max_mb=5),
    table("grid", allow_none=True),
    *({**asked, "allow_none": True} for asked in ALL_NEW if asked["type"] not in SILENT),
    calculated("half", {"mul": [{"q": "fine"}, 0.5]}),
)

raws = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.text(max_size=30),
    st.lists(st.text(max_size=5), max_size=4),
    st.sampled_from(["1", "other", "none", "はい", "１，２３４", "令和8年1月2日", "該当なし"]),
    st.sampled_from(["R8.11", "令和元年度", "ａ＠example.jp", "03ー5253ー1111内線1", "人材；財源"]),
    st.sampled_from(["http://a.jp/", "011002", 11002, "12.5％", "１千円", 2026, 5]),
    st.lists(st.sampled_from(["a", "b", "人材", "", None]), max_size=3),
    st.lists(st.sampled_from(["1", "2", "3"])),
    st.just({"none": True}),
)


@unhurried
@given(st.sampled_from(ALL.fields), raws)
def test_a_normal_value_stays_as_it_is(field: Any, raw: object) -> None:
    try:
        value = normalise(field, raw)
    except InvalidValue:
        return

    assert normalise(field, value) == value


@unhurried
@given(st.sampled_from(ALL.fields), raws)
def test_a_value_survives_being_stored_as_json(field: Any, raw: object) -> None:
    try:
        value = normalise(field, raw)
    except InvalidValue:
        return

    assert restore(field, json.loads(json.dumps(to_json(value)))) == value


@unhurried
@given(st.sampled_from(ALL.fields), raws)
def test_checking_and_normalising_agree(field: Any, raw: object) -> None:
    message = check_value(field, raw)

    if message is None:
        normalise(field, raw)
    else:
        with pytest.raises(InvalidValue, match=r"。$"):
            normalise(field, raw)


@pytest.mark.parametrize("key", [field.key for field in ALL.fields])
@pytest.mark.parametrize("raw", [None, "", "　", [], [""]])
def test_blank_is_none_in_every_field(key: str, raw: object) -> None:
    assert normalise(ALL.field(key), raw) is None


@pytest.mark.parametrize(
    "key", [field.key for field in ALL.fields if field.question.allow_none and not field.option]
)
@pytest.mark.parametrize("raw", [NONE_APPLICABLE, {"none": True}, "該当なし", " 該当なし　"])
def test_none_applicable_is_a_value_where_it_is_allowed(key: str, raw: object) -> None:
    assert normalise(ALL.field(key), raw) is NONE_APPLICABLE


@pytest.mark.parametrize("key", ["whole", "line", "one", "many", "yes", "day"])
def test_none_applicable_is_refused_elsewhere(key: str) -> None:
    message = check_value(ALL.field(key), NONE_APPLICABLE)

    assert message == "この設問では「該当なし」を選べません。"


def test_the_words_are_plain_text_where_none_is_not_allowed() -> None:
    assert normalise(ALL.field("line"), "該当なし") == "該当なし"


def test_a_refused_value_is_restored_as_it_was_typed() -> None:
    assert restore(ALL.field("whole"), "約30") == "約30"


def test_a_stored_fraction_is_restored_exactly() -> None:
    assert restore(ALL.field("fine"), 0.1) == Decimal("0.1")
