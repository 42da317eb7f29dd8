"""Draw one plausible value for a field."""

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Final

from surveys.questionnaire.document import Field
from surveys.questionnaire.kinds import (
    BooleanAnswer,
    CalculatedAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    FilesAnswer,
    MonthAnswer,
    NumberAnswer,
    OrganizationAnswer,
    RankingAnswer,
    ScaleAnswer,
    TextAnswer,
    YearAnswer,
)
from surveys.questionnaire.phrases import phrase
from surveys.questionnaire.values import Value

_NARROW: Final = 400  # days, per cent, meetings: these do not grow with the body
_YES: Final = 0.7
_ZERO: Final = 0.03
_ALONE: Final = 0.08
_FIRST_DAY: Final = "2020-04-01"
_LAST_DAY: Final = "2026-03-31"
BODIES: Final[Mapping[str, tuple[str, ...]]] = {
    "prefecture": ("010006", "130001"),
    "designated_city": ("011002", "271403"),
    "core_city": ("012025", "012041"),
    "special_ward": ("131016", "131024"),
    "city": ("012033", "012050"),
    "town": ("013315", "013323"),
    "village": ("013048", "013919"),
}
"""Codes of bodies of each kind that exist: 北海道・東京都, 札幌市・堺市 and so on."""


def draw_value(field: Field, size: float, rng: Random) -> Value:
    """Return a value that the field takes; None for files and where no stock phrase fits.

    `size` is the part of a wide range of numbers that the body fills.
    """
    match field.answer:
        case ScaleAnswer() as scale:
            return rng.choice(scale.steps)
        case NumberAnswer() as answer:
            return _number(answer, size, rng)
        case ChoiceAnswer(options=options):
            return rng.choices(options, weights=range(len(options) + 2, 2, -1))[0].value
        case ChoicesAnswer() as answer:
            return _choices(answer, rng)
        case RankingAnswer() as answer:
            least = answer.max_rank if field.question.required else 1
            count = rng.randint(least, answer.max_rank)
            return [option.value for option in rng.sample(answer.options, count)]
        case BooleanAnswer():
            return rng.random() < _YES
        case DateAnswer() as answer:
            return _day(answer.earliest, answer.latest, rng)
        case MonthAnswer() as answer:
            return _month(answer, rng)
        case YearAnswer() as answer:
            return _year(answer, rng)
        case OrganizationAnswer(kinds=kinds):
            return rng.choice(BODIES[rng.choice(kinds)])
        case TextAnswer() as answer:
            return phrase(answer, field.label, rng)
        case FilesAnswer() | CalculatedAnswer():
            return None


def _number(answer: NumberAnswer, size: float, rng: Random) -> Value:
    low, high = _range(answer)
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


def _range(answer: NumberAnswer) -> tuple[Decimal, Decimal]:
    """Return the limits as far as there are any: else 0, or a thousand away from the other."""
    if answer.minimum is not None:
        high = answer.maximum if answer.maximum is not None else answer.minimum + 1000
        return answer.minimum, high
    if answer.maximum is None:
        return Decimal(0), Decimal(1000)
    return (Decimal(0) if answer.maximum >= 0 else answer.maximum - 1000), answer.maximum


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


def _day(earliest: str | None, latest: str | None, rng: Random) -> str:
    first = dt.date.fromisoformat(earliest or min(_FIRST_DAY, latest or _FIRST_DAY))
    last = dt.date.fromisoformat(latest or max(_LAST_DAY, earliest or _LAST_DAY))
    return (first + dt.timedelta(days=rng.randint(0, (last - first).days))).isoformat()


def _month(answer: MonthAnswer, rng: Random) -> str:
    earliest = f"{answer.earliest}-01" if answer.earliest else None
    latest = f"{answer.latest}-01" if answer.latest else None
    return _day(earliest, latest, rng)[:7]


def _year(answer: YearAnswer, rng: Random) -> int:
    first = answer.minimum or min(2020, answer.maximum or 2020)
    return rng.randint(first, answer.maximum or max(2025, first))
