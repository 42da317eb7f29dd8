"""What a field may hold while a condition is looked into: nothing, 該当なし, or values."""

from dataclasses import dataclass, replace
from typing import Any

from surveys.questionnaire.conditions import Constant, Op
from surveys.questionnaire.document import Field, Questionnaire
from surveys.questionnaire.kinds import (
    BooleanAnswer,
    CalculatedAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    MonthAnswer,
    NumberAnswer,
    OrganizationAnswer,
    RankingAnswer,
    YearAnswer,
)
from surveys.questionnaire.satisfiability.bounds import place_of, range_of
from surveys.questionnaire.satisfiability.values import AnyValue, Lists, Numbers, Values, Words
from surveys.questionnaire.sides import Calendar


@dataclass(frozen=True, slots=True)
class Domain:
    """`absent`: it may be blank, hidden or refused. `none`: it may be 該当なし."""

    absent: bool
    none: bool
    values: Values

    def narrowed(self, op: Op, value: Any, wanted: bool) -> "Domain":
        """Return the part in which the comparison is as `wanted`."""
        if op is Op.ANSWERED:
            return replace(self, absent=False) if wanted else self._blank()
        values = self.values.narrowed(op, value, wanted)
        return Domain(False, False, values) if wanted else replace(self, values=values)

    def _blank(self) -> "Domain":
        return Domain(self.absent, False, Words(frozenset()))

    def is_empty(self) -> bool:
        """Tell whether nothing is left."""
        return not self.absent and not self.none and self.values.is_empty()


# A question of several fields: something is in it, or not.
SEVERAL = Domain(True, True, AnyValue())


def domain_of(field: Field, questionnaire: Questionnaire) -> Domain:
    """Return everything that a field may hold."""
    return Domain(True, field.question.allow_none, _values(field, questionnaire))


def _values(field: Field, questionnaire: Questionnaire) -> Values:
    match field.answer:
        case NumberAnswer(decimals=decimals) | CalculatedAnswer(decimals=decimals):
            return Numbers(range_of(field.answer, questionnaire), decimals)
        case YearAnswer() | DateAnswer() | MonthAnswer():
            return Numbers(range_of(field.answer, questionnaire))
        case BooleanAnswer():
            return Words(frozenset((True, False)))
        case ChoiceAnswer(options=options):
            return Words(frozenset(option.value for option in options))
        case OrganizationAnswer():
            return Words(None)
        case ChoicesAnswer(options=options, max_select=most) as answer:
            return Lists(_names(options), answer.exclusive, most or len(options))
        case RankingAnswer(options=options, max_rank=most):
            return Lists(_names(options), frozenset(), most)
    return AnyValue()


def _names(options: Any) -> frozenset[str]:
    return frozenset(option.value for option in options)


def comparable(field: Field, value: Constant) -> Any:
    """Return what a value is compared as: days and months as their place in the calendar."""
    match field.answer, value:
        case DateAnswer(), str():
            return place_of(value, Calendar.DAYS)
        case MonthAnswer(), str():
            return place_of(value, Calendar.MONTHS)
    return value
