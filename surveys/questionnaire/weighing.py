"""Sides as weighted sums of fields."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from surveys.questionnaire.rules import ComparisonRule
from surveys.questionnaire.sides import (
    Amount,
    CellsAmount,
    ConstantAmount,
    Operation,
    Operator,
    QuestionAmount,
)

_Terms = defaultdict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Side:
    """A weighted sum of fields, all weights positive, plus a constant."""

    weights: Mapping[str, Decimal]
    constant: Decimal


def weighed_sides(rule: ComparisonRule) -> tuple[Side, Side] | None:
    """Return both sides with positive weights; a negative term changes sides.

    None where a side is no weighted sum.
    """
    terms: _Terms = defaultdict(Decimal)
    left = _collect(rule.left, Decimal(1), terms)
    right = _collect(rule.right, Decimal(-1), terms)
    if left is None or right is None:
        return None
    return (
        Side({key: weight for key, weight in terms.items() if weight > 0}, left),
        Side({key: -weight for key, weight in terms.items() if weight < 0}, -right),
    )


def _collect(amount: Amount, weight: Decimal, terms: _Terms) -> Decimal | None:
    """Add the fields of `amount` to `terms`; return its constant part, None when it has none."""
    match amount:
        case QuestionAmount():
            terms[amount.question_id] += weight
            return Decimal(0)
        case CellsAmount():
            for key in amount.keys:
                terms[key] += weight
            return Decimal(0)
        case ConstantAmount():
            return weight * amount.value
        case Operation():
            return _collect_parts(amount, weight, terms)
    return None


def _collect_parts(operation: Operation, weight: Decimal, terms: _Terms) -> Decimal | None:
    first, *others = operation.parts
    match operation.operator:
        case Operator.SUM:
            weights = [weight] * len(operation.parts)
        case Operator.DIFFERENCE:
            weights = [weight, -weight]
        case Operator.PRODUCT if isinstance(others[0], ConstantAmount):
            return _collect(first, weight * others[0].value, terms)
        case Operator.QUOTIENT if isinstance(others[0], ConstantAmount):
            return _collect(first, weight / others[0].value, terms)
        case _:
            return None
    parts = zip(operation.parts, weights, strict=True)
    constants = [_collect(part, factor, terms) for part, factor in parts]
    return None if None in constants else sum((c for c in constants if c is not None), Decimal(0))
