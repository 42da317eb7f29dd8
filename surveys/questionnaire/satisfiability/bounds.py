"""Between which numbers a side lies, by the limits of the questions it reads."""

from collections import defaultdict
from decimal import Decimal
from typing import Final, TypeAlias

from surveys.questionnaire.document import Questionnaire
from surveys.questionnaire.kinds import (
    Answer,
    CalculatedAnswer,
    DateAnswer,
    MonthAnswer,
    NumberAnswer,
    YearAnswer,
)
from surveys.questionnaire.kinds.year import FIRST, LAST
from surveys.questionnaire.satisfiability.intervals import POINT_ZERO, Interval, point
from surveys.questionnaire.sides import (
    Amount,
    AnsweredTime,
    Calendar,
    CellsAmount,
    ChangeAmount,
    ConstantAmount,
    FixedTime,
    Operation,
    Operator,
    QuestionAmount,
    RoundedAmount,
    RowsAmount,
    SpanAmount,
    place_of_day,
    place_of_month,
)

# A field by its key, or a side that is no weighted sum.
_Atom: TypeAlias = str | Amount
_Terms: TypeAlias = defaultdict[_Atom, Decimal]
_ONE: Final = Decimal(1)


def bounds(amount: Amount, questionnaire: Questionnaire) -> Interval:
    """Return a range that no value of the side leaves."""
    return _summed(amount, None, questionnaire)


def difference(left: Amount, right: Amount, questionnaire: Questionnaire) -> Interval:
    """Return the range of left − right; what both sides read cancels out."""
    return _summed(left, right, questionnaire)


def _summed(left: Amount, right: Amount | None, questionnaire: Questionnaire) -> Interval:
    terms: _Terms = defaultdict(Decimal)
    constant = _collect(left, _ONE, terms)
    if right is not None:
        constant += _collect(right, -_ONE, terms)
    total = point(constant)
    for atom, weight in terms.items():
        total += point(weight) * _of_atom(atom, questionnaire)
    return total


def _collect(amount: Amount, weight: Decimal, terms: _Terms) -> Decimal:
    """Add the fields and other parts of a weighted sum to `terms`; return its constant."""
    match amount:
        case ConstantAmount(value=value):
            return weight * value
        case QuestionAmount(question_id=key):
            terms[key] += weight
            return Decimal(0)
        case CellsAmount(keys=keys):
            for key in keys:
                terms[key] += weight
            return Decimal(0)
        case Operation(operator=Operator.SUM, parts=parts):
            return sum((_collect(part, weight, terms) for part in parts), Decimal(0))
        case Operation(operator=Operator.DIFFERENCE, parts=(first, second)):
            return _collect(first, weight, terms) + _collect(second, -weight, terms)
        case Operation(operator=Operator.PRODUCT, parts=(part, ConstantAmount(value=factor))):
            return _collect(part, weight * factor, terms)
    terms[amount] += weight
    return Decimal(0)


def _of_atom(atom: _Atom, questionnaire: Questionnaire) -> Interval:
    match atom:
        case str():
            field = questionnaire.field(atom)
            limits = range_of(field.answer, questionnaire)
            return limits if field.row is None else limits.with_zero()
        case RowsAmount():
            table = questionnaire.question(atom.question_id).table
            return Interval(_ONE, Decimal(len(table.rows)) if table else _ONE)
        case SpanAmount():
            last = _moments(atom.second, atom.calendar, questionnaire)
            return last - _moments(atom.first, atom.calendar, questionnaire)
        case Operation():
            return _calculated(atom, questionnaire)
        case RoundedAmount():
            return bounds(atom.part, questionnaire).widened(half_step(atom.decimals))
        case ChangeAmount():
            return Interval(low=Decimal(0))
    return Interval()  # the previous round had limits of its own


def _calculated(operation: Operation, questionnaire: Questionnaire) -> Interval:
    first, *others = (bounds(part, questionnaire) for part in operation.parts)
    match operation.operator:
        case Operator.PRODUCT:
            return first * others[0]
        case Operator.QUOTIENT:
            return first / others[0]
        case Operator.MAGNITUDE:
            return abs(first)
    return Interval()


def range_of(answer: Answer, questionnaire: Questionnaire) -> Interval:
    """Return the range of an answer that counts; days and months by their place."""
    match answer:
        case NumberAnswer():
            return _between(answer.minimum, answer.maximum)
        case CalculatedAnswer():
            step = half_step(answer.decimals)
            return bounds(answer.formula, questionnaire).widened(step)
        case YearAnswer():
            return Interval(Decimal(answer.minimum or FIRST), Decimal(answer.maximum or LAST))
        case DateAnswer():
            return _places(answer.earliest, answer.latest, Calendar.DAYS)
        case MonthAnswer():
            return _places(answer.earliest, answer.latest, Calendar.MONTHS)
    return Interval()


def half_step(decimals: int) -> Decimal:
    """Return how far rounding can move a number."""
    return Decimal(5).scaleb(-decimals - 1)


def place_of(moment: str, calendar: Calendar) -> Decimal:
    """Return the place of a day or a month among all of its kind."""
    place = place_of_day if calendar is Calendar.DAYS else place_of_month
    return Decimal(place(moment))


def _moments(
    end: AnsweredTime | FixedTime, calendar: Calendar, questionnaire: Questionnaire
) -> Interval:
    if isinstance(end, FixedTime):
        return point(place_of(end.value, calendar))
    return range_of(questionnaire.field(end.question_id).answer, questionnaire)


def _places(earliest: str | None, latest: str | None, calendar: Calendar) -> Interval:
    low = None if earliest is None else place_of(earliest, calendar)
    return _between(low, None if latest is None else place_of(latest, calendar))


def _between(low: Decimal | None, high: Decimal | None) -> Interval:
    everything = Interval()
    return Interval(
        everything.low if low is None else low, everything.high if high is None else high
    )


__all__ = ["POINT_ZERO", "bounds", "difference", "half_step", "place_of", "range_of"]
