"""docs/questionnaire.schema.json and the parser must read the same language."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from surveys.questionnaire import DefinitionError, QuestionType, parse_questionnaire
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import (
    SAMPLES,
    Json,
    document,
    multiple,
    number,
    question,
    rule,
    single,
    table,
    text,
    unhurried,
    yesno,
)
from tests.surveys.questionnaire.definitions import documents

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[3] / "docs" / "questionnaire.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
CONDITIONS = {
    "all": [
        {"q": "one", "op": "in", "value": ["1", "2"]},
        {"not": {"q": "yes", "op": "eq", "value": True}},
        {"any": [{"cell": ["grid", "r1", "f"], "op": "gt", "value": 0.5}]},
        {"row": ["matrix", "r1"], "op": "ne", "value": "a"},
        {"attr": "kind", "op": "in", "value": ["city", "town"]},
        {"q": "many", "op": "answered"},
    ]
}
SIDES: list[Json] = [
    {"cell": ["grid", "r1", "f"]},
    {"row_sum": ["grid", "r2"]},
    {"col_sum": ["more", "n"]},
    {"count_rows": "more"},
    {"sum": [{"const": 1}, {"mul": [{"q": "sum"}, 2]}]},
    {"sub": [{"q": "scale"}, {"product": [{"q": "money"}, {"q": "share"}]}]},
    {"div": [{"q": "n1"}, {"abs": {"q": "year"}}]},
    {"round": [{"prev": {"q": "n1"}}, 1]},
    {"change_rate": {"q": "n1"}},
    {"days": [{"q": "day"}, {"date": "2026-11-23"}]},
    {"months": [{"month": "2026-11"}, {"q": "month"}]},
]
RULES = [rule({"q": "n1"}, "le", side, id=f"r{place}") for place, side in enumerate(SIDES)]
UNIQUE = {
    "id": "u",
    "level": "warning",
    "message": "重複しています。",
    "unique": ["more", ["t", "d"]],
}
EVERY_TYPE = document(
    number("n1"),
    single("one"),
    multiple("many"),
    text("line", pattern="[a-z]+"),
    question("lines", "longtext", max_length=100),
    question("day", "date", min="2026-01-01"),
    yesno("yes"),
    table("grid", disabled_cells=[["r1", "m"]]),
    question("files", "file", accept=[".pdf"], max_files=1, max_mb=1),
    *ALL_NEW,
    yesno("last", visible_if=CONDITIONS),
    rules=(*RULES, {**UNIQUE, "when": {"q": "yes", "op": "eq", "value": False}}),
)


def parses(definition: Json) -> bool:
    try:
        parse_questionnaire(definition)
    except DefinitionError:
        return False
    return True


def places(thing: Any) -> list[Any]:
    """Return every object inside a definition, from the sections and rules on."""
    inner = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else []
    below = [place for part in inner for place in places(part)]
    return [thing, *below] if isinstance(thing, dict) else below


def test_it_is_a_schema() -> None:
    of_schemas = Draft202012Validator(Draft202012Validator.META_SCHEMA)

    assert list(of_schemas.iter_errors(SCHEMA)) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_the_samples_have_its_shape(sample: Json) -> None:
    assert list(VALIDATOR.iter_errors(sample)) == []


def test_every_type_has_its_shape() -> None:
    types = {q["type"] for q in EVERY_TYPE["sections"][0]["questions"]}

    assert types == set(QuestionType)
    assert parses(EVERY_TYPE)
    assert list(VALIDATOR.iter_errors(EVERY_TYPE)) == []


@unhurried
@given(documents())
def test_whatever_can_be_drawn_has_its_shape(definition: Json) -> None:
    assert list(VALIDATOR.iter_errors(definition)) == []


@pytest.mark.parametrize("place", range(len(places(EVERY_TYPE)) - 1))
def test_an_unknown_key_is_refused_by_both(place: int) -> None:
    definition = deepcopy(EVERY_TYPE)
    places(definition)[place + 1]["unbekannt"] = 1

    assert not VALIDATOR.is_valid(definition)
    assert not parses(definition)


WORDS = [None, True, False, 0, 1, 3, 200, -1, 0.5, "", "a", "円", "number", "none", "2026-11", "r1"]
PARTS = ["2026-11-23", [], ["a"], ["r1", "m"], {}, {"q": "n1"}, {"row": True}, [{"q": "n1"}]]
ANYTHING = st.sampled_from([*WORDS, *PARTS])


@unhurried
@given(st.data(), ANYTHING)
def test_what_the_parser_takes_has_its_shape(data: st.DataObject, thing: Any) -> None:
    definition = deepcopy(EVERY_TYPE)
    place = data.draw(st.sampled_from(places(definition)))
    place[data.draw(st.sampled_from(sorted(place)))] = thing

    assert VALIDATOR.is_valid(definition) or not parses(definition)
