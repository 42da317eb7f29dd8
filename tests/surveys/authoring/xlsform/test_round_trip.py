from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaire import parse_questionnaire
from tests.surveys.authoring.sheets.books import meaning
from tests.surveys.authoring.xlsform.forms import read, written
from tests.surveys.questionnaire.all_types import COLUMNS, OPTIONS, matrix
from tests.surveys.questionnaire.building import (
    SAMPLES,
    Json,
    multiple,
    number,
    question,
    unhurried,
    yesno,
)
from tests.surveys.questionnaire.definitions import accepted, conditions, documents

PLAIN = [{"value": "1", "label": "一"}, {"value": "2", "label": "二"}]
MAKERS: dict[str, Callable[..., Json]] = {
    "number": lambda id_, **more: number(id_, **more),
    "decimal": lambda id_, **more: number(id_, **{"decimals": 6, "min": None, **more}),
    "single": lambda id_, **more: question(id_, "single", options=PLAIN, **more),
    "multiple": lambda id_, **more: multiple(id_, **{"min_select": 1, "max_select": 2, **more}),
    "ranking": lambda id_, **more: question(id_, "ranking", options=OPTIONS, **more),
    "scale": lambda id_, **more: question(id_, "scale", min=0, max=4, **more),
    "text": lambda id_, **more: question(
        id_, "text", max_length=40, pattern="[0-9]{3}-x?", help="例：123-x", **more
    ),
    "longtext": lambda id_, **more: question(id_, "longtext", max_length=4000, **more),
    "date": lambda id_, **more: question(id_, "date", min="2020-01-01", **more),
    "month": lambda id_, **more: question(id_, "month", max="2027-03", **more),
    "yesno": yesno,
    "matrix": matrix,
    "repeat": lambda id_, **more: question(
        id_,
        "dynamic_table",
        **{"columns": COLUMNS, "min_rows": 3, "max_rows": 3, **more, "required": False},
    ),
}


@st.composite
def sayable(draw: st.DrawFn) -> Json:
    """A questionnaire of what both languages can say."""
    before: list[Json] = []
    sections: list[Json] = []
    for place in range(draw(st.integers(1, 3))):
        section: Json = {"id": f"s{place}", "title": f"第{place}節", "questions": []}
        known = list(before)
        if draw(st.booleans()) and known:
            section["visible_if"] = draw(conditions(known))
        for _ in range(draw(st.integers(1, 3))):
            maker = MAKERS[draw(st.sampled_from(sorted(MAKERS)))]
            asked = maker(f"q{len(known)}", required=draw(st.booleans()))
            if draw(st.booleans()) and known:
                asked["visible_if"] = draw(conditions(known))
            section["questions"].append(asked)
            known.append(asked)
        sections.append(section)
        before = known
    return accepted({"sections": sections, "rules": []})


@settings(unhurried, max_examples=60)
@given(sayable())
def test_what_a_form_can_say_comes_back_and_the_rest_is_noted(document: Json) -> None:
    content, notes = written(document)
    again, left_out = read(content)

    silenced = {note.split()[0] for note in notes}
    expected = _as_a_form_says(document, silenced)
    assert left_out == []
    assert meaning(again) == meaning(expected)


@settings(unhurried, max_examples=60)
@given(documents())
def test_any_questionnaire_makes_a_form_that_can_be_read(document: Json) -> None:
    content, notes = written(document)
    again, left_out = read(content)

    kept = {question.id for question in parse_questionnaire(again, draft=True).questions}
    said = " ".join([*notes, *map(str, left_out)])
    asked = [
        question["id"] for section in document["sections"] for question in section["questions"]
    ]
    assert [id_ for id_ in asked if id_ not in kept and id_ not in said] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_every_plain_question_of_a_sample_comes_back(sample: dict[str, Any]) -> None:
    again, _ = read(written(sample)[0])

    plain = {"number", "text", "longtext", "date", "yesno", "calculated"}
    wanted = {q["id"]: q["type"] for s in sample["sections"] for q in s["questions"]}
    found = {q["id"]: q["type"] for s in again["sections"] for q in s["questions"]}
    assert {id_: found.get(id_) for id_, type_ in wanted.items() if type_ in plain} == {
        id_: type_ for id_, type_ in wanted.items() if type_ in plain
    }


def _as_a_form_says(document: Json, ids: set[str]) -> Json:
    """Attributes of the body and whole tables in a condition are beyond a form; a joint of one
    part is that part.
    """
    parts = [*document["sections"], *(q for s in document["sections"] for q in s["questions"])]
    for part in parts:
        if part["id"] in ids:
            part.pop("visible_if", None)
        elif "visible_if" in part:
            part["visible_if"] = _simple(part["visible_if"])
    return document


def _simple(condition: Json) -> Json:
    for joint in ("all", "any"):
        if joint in condition:
            parts = [_simple(part) for part in condition[joint]]
            return parts[0] if len(parts) == 1 else {joint: parts}
    return {"not": _simple(condition["not"])} if "not" in condition else condition
