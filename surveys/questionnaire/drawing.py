"""Draw plausible answers to one question, before any rule is looked at."""

from collections.abc import Mapping
from random import Random
from typing import Final

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.completeness import needed_rows
from surveys.questionnaire.document import Field, Question
from surveys.questionnaire.guesses import draw_value
from surveys.questionnaire.values import Value

# How much of a wide range a body of this kind fills: a village answers 3 where a
# designated city answers 500.
_SIZES: Final[Mapping[str, float]] = {
    "prefecture": 0.04,
    "designated_city": 0.03,
    "core_city": 0.01,
    "special_ward": 0.008,
    "city": 0.003,
    "town": 0.0008,
    "village": 0.0003,
}
_OPTIONAL: Final = 0.6
_MORE_ROWS: Final = 2


def draw_answers(
    question: Question, fields: tuple[Field, ...], respondent: Respondent, rng: Random
) -> dict[str, Value]:
    """Return values for the fields of a visible question; sometimes none if it is optional."""
    if not _must_be_answered(question) and rng.random() >= _OPTIONAL:
        return {}
    size = _SIZES.get(respondent.kind, _SIZES["city"]) * rng.lognormvariate(0, 0.3)
    plain = [field for field in _shown(question, fields, rng) if field.option is None]
    answers = {field.key: draw_value(field, size, rng) for field in plain}
    chosen = answers.get(question.id)
    for field in fields:
        if field.option is not None and _is_chosen(field.option.value, chosen):
            answers[field.key] = draw_value(field, size, rng)
    return {key: value for key, value in answers.items() if value is not None}


def _must_be_answered(question: Question) -> bool:
    return question.required or (question.table is not None and question.table.min_rows > 0)


def _shown(question: Question, fields: tuple[Field, ...], rng: Random) -> tuple[Field, ...]:
    """Return the fields that there are: as many rows of a dynamic table as somebody might add."""
    table = question.table
    if table is None or not table.dynamic:
        return fields
    least = max(1, needed_rows(question, table))
    rows = rng.randint(least, min(len(table.rows), least + _MORE_ROWS))
    return fields[: rows * len(table.columns)]


def _is_chosen(option: str, chosen: Value) -> bool:
    return option in chosen if isinstance(chosen, list) else option == chosen
