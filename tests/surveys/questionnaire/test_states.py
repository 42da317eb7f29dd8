"""Blank, 0, 該当なし and 対象外 are four things in every field."""

from pathlib import Path

import pytest

from surveys.questionnaire import Field, FieldState, QuestionType, evaluate, state_of
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import (
    TOWN,
    multiple,
    number,
    parsed,
    question,
    single,
    table,
    text,
    yesno,
)

LANGUAGE = Path(__file__).resolve().parents[3] / "docs" / "questionnaire.md"
SHOWN = {"q": "shown", "op": "eq", "value": True}
ASKED = [
    number("n1"),
    text("line"),
    question("lines", "longtext", max_length=50),
    single("one"),
    multiple("many"),
    yesno("yes"),
    question("day", "date"),
    table("grid"),
    *(asked for asked in ALL_NEW if asked["type"] not in ("calculated", "note", "image")),
]
QUESTIONNAIRE = parsed(
    yesno("shown"), *({**q, "allow_none": True, "visible_if": SHOWN} for q in ASKED)
)
FIELDS = [f for f in QUESTIONNAIRE.fields if f.key != "shown" and f.option is None]


@pytest.mark.parametrize("key", [field.key for field in FIELDS])
def test_the_four_states_are_told_apart(key: str) -> None:
    field = QUESTIONNAIRE.field(key)

    def state(value: object, *, shown: bool) -> FieldState:
        answers = {"shown": shown, **beside(field), key: value}
        return state_of(field, answers, evaluate(QUESTIONNAIRE, answers, TOWN))

    told = [state(None, shown=True), state(0, shown=True), state({"none": True}, shown=True)]
    assert told == [FieldState.BLANK, FieldState.VALUE, FieldState.NONE]
    assert state(0, shown=False) is FieldState.NOT_APPLICABLE


def beside(field: Field) -> dict[str, object]:
    """Something in another cell of the row: only then does a row that is added exist."""
    if field.question.id != "more" or field.row is None or field.column is None:
        return {}
    other = "n" if field.column.id == "t" else "t"
    return {f"more.{field.row.id}.{other}": "1"}


@pytest.mark.parametrize("type_", QuestionType)
def test_the_document_of_the_language_names_every_type(type_: QuestionType) -> None:
    assert f"`{type_}`" in LANGUAGE.read_text("utf-8")
