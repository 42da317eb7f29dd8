"""How long answering takes: a rough estimate made from the questions alone.

The seconds are this portal's own assumptions, not measured ones; pages say so and show
what past surveys took beside them.
"""

from collections.abc import Mapping
from typing import Final

from surveys.questionnaire.document import Field, Question, Questionnaire
from surveys.questionnaire.flow import Reach
from surveys.questionnaire.kinds import TextAnswer, ValueKind

_READ_PER_CHARACTER: Final = 0.1
_LONG_TEXT: Final = 180
_TEXT: Final = 40
_FILE: Final = 240
_NUMBER: Final = 60  # looked up somewhere
_CELL: Final = 25  # the next one stands beside it
_CHOICE: Final = 15
_LONG_FROM: Final = 200  # characters
_DEPENDING: Final = 0.5  # how often a question that depends on answers is asked


def seconds_of(question: Question, fields: tuple[Field, ...]) -> float:
    """Return how long reading and answering one question takes; free texts are left out."""
    reading = len(question.label + question.help) * _READ_PER_CHARACTER
    if len(fields) > 1 and fields[0].row:
        return reading + sum(min(_CELL, _writing(field)) for field in fields)
    return reading + (_writing(fields[0]) if fields else 0)


def minutes_of(questionnaire: Questionnaire, reached: Mapping[str, Reach]) -> float:
    """Return the minutes for a body that is asked as `reached` says (see flow)."""
    weights = {Reach.ALWAYS: 1.0, Reach.DEPENDS: _DEPENDING, Reach.NEVER: 0.0}
    seconds = sum(
        weights[reached[question.id]] * seconds_of(question, questionnaire.fields_of(question.id))
        for question in questionnaire.questions
    )
    return seconds / 60


def _writing(field: Field) -> float:
    match field.kind:
        case ValueKind.TEXT:
            answer = field.answer
            is_long = isinstance(answer, TextAnswer) and answer.max_length >= _LONG_FROM
            return _LONG_TEXT if is_long else _TEXT
        case ValueKind.FILES:
            return _FILE
        case ValueKind.NUMBER:
            return _NUMBER
    return _CHOICE
