"""Draw one plausible answer at a time, before any rule is looked at."""

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Final

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.document import Field, Question
from surveys.questionnaire.kinds import (
    Answer,
    BooleanAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    FilesAnswer,
    NumberAnswer,
    TextAnswer,
)
from surveys.questionnaire.phrases import phrase
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
_NARROW: Final = 400  # days, per cent, meetings: these do not grow with the body
_OPTIONAL: Final = 0.6
_YES: Final = 0.7
_ZERO: Final = 0.03
_ALONE: Final = 0.08
_FIRST_DAY: Final = "2020-04-01"
_LAST_DAY: Final = "2026-03-31"


def draw_answers(
    question: Question, fields: tuple[Field, ...], respondent: Respondent, rng: Random
) -> dict[str, Value]:
    """Return values for the fields of a visible question; sometimes none if it is optional."""
    if not question.required and rng.random() >= _OPTIONAL:
        return {}
    size = _SIZES.get(respondent.kind, _SIZES["city"]) * rng.lognormvariate(0, 0.3)
    plain = [field for field in fields if field.option is None]
    answers = {field.key: _draw(field.answer, field, size, rng) for field in plain}
    chosen = answers.get(question.id)
    for field in fields:
        if field.option is not None and _is_chosen(field.option.value, chosen):
            answers[field.key] = _draw(field.answer, field, size, rng)
    return {key: value for key, value in answers.items() if value is not None}


def _is_chosen(option: str, chosen: Value) -> bool:
    return option in chosen if isinstance(chosen, list) else option == chosen


def _draw(answer: Answer, field: Field, size: float, rng: Random) -> Value:
    match answer:
        case NumberAnswer():
            return _number(answer, size, rng)
        case ChoiceAnswer():
            weights = range(len(answer.options) + 2, 2, -1)
            return rng.choices(answer.options, weights=weights)[0].value
        case ChoicesAnswer():
            return _choices(answer, rng)
        case BooleanAnswer():
            return rng.random() < _YES
        case DateAnswer():
            return _day(answer, rng)
        case TextAnswer():
            return phrase(answer, field.label, rng)
        case FilesAnswer():
            return None


def _number(answer: NumberAnswer, size: float, rng: Random) -> Value:
    low = answer.minimum if answer.minimum is not None else Decimal(0)
    high = answer.maximum if answer.maximum is not None else low + 1000
    span = float(high - low)
    if low == 0 and rng.random() < _ZERO:
        return 0
    if span <= _NARROW:
        drawn = span * rng.betavariate(2, 5)
    else:
        drawn = min(span, max(3.0, span * size) * rng.lognormvariate(-0.3, 0.6))
    scale = 10**answer.decimals
    steps = math.floor((float(low) + drawn) * scale)
    return answer.normalise(min(high, max(low, Decimal(steps) / scale)))


def _choices(answer: ChoicesAnswer, rng: Random) -> list[str]:
    alone = [option.value for option in answer.options if option.exclusive]
    together = [option.value for option in answer.options if not option.exclusive]
    if alone and (not together or rng.random() < _ALONE):
        return [rng.choice(alone)]
    least = max(1, answer.min_select)
    most = len(together) if answer.max_select is None else answer.max_select
    count = sum(rng.random() < 0.4 for _ in together)
    chosen = rng.sample(together, min(most, max(least, count)))
    return answer.normalise(chosen)


def _day(answer: DateAnswer, rng: Random) -> str:
    first = dt.date.fromisoformat(answer.earliest or min(_FIRST_DAY, answer.latest or _FIRST_DAY))
    last = dt.date.fromisoformat(answer.latest or max(_LAST_DAY, answer.earliest or _LAST_DAY))
    return (first + dt.timedelta(days=rng.randint(0, (last - first).days))).isoformat()
