"""What a side calculates from other sides."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from math import prod
from typing import Final, TypeAlias

from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.sides.leaves import (
    CellsAmount,
    ConstantAmount,
    QuestionAmount,
    Read,
    RowsAmount,
    SpanAmount,
)
from surveys.questionnaire.values import Number

_WIDE: Final = Context(prec=80)
_EXACT_DIGITS: Final = 60


class Operator(StrEnum):
    """How a side is calculated from its parts."""

    SUM = "sum"
    DIFFERENCE = "sub"
    PRODUCT = "product"
    QUOTIENT = "div"
    MAGNITUDE = "abs"


def _quotient(parts: Sequence[Number]) -> Number | None:
    return Decimal(parts[0]) / Decimal(parts[1]) if parts[1] else None


def _magnitude(parts: Sequence[Number]) -> Number:
    return -parts[0] if parts[0] < 0 else parts[0]


_CALCULATE: Final[Mapping[Operator, Callable[[Sequence[Number]], Number | None]]] = {
    Operator.SUM: sum,
    Operator.DIFFERENCE: lambda parts: parts[0] - parts[1],
    Operator.PRODUCT: prod,
    Operator.QUOTIENT: _quotient,
    Operator.MAGNITUDE: _magnitude,
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A sum, difference, product, quotient or magnitude of `parts`."""

    operator: Operator
    parts: tuple["Amount", ...]

    def amount(self, facts: Facts) -> Number | None:
        """Return the result; None while a part is missing or the divisor is 0."""
        amounts: list[Number] = []
        for part in self.parts:
            amount = part.amount(facts)
            if amount is None:
                return None
            amounts.append(amount)
        return _CALCULATE[self.operator](amounts)

    def reads(self) -> Iterator[Read]:
        """Yield what is read of this round."""
        for part in self.parts:
            yield from part.reads()


@dataclass(frozen=True, slots=True)
class RoundedAmount:
    """A side rounded half up (四捨五入) to `decimals` places."""

    part: "Amount"
    decimals: int

    def amount(self, facts: Facts) -> Number | None:
        """Return the rounded number; None while it is missing."""
        amount = self.part.amount(facts)
        return None if amount is None else half_up(amount, self.decimals)

    def reads(self) -> Iterator[Read]:
        """Yield what is read of this round."""
        return self.part.reads()


@dataclass(frozen=True, slots=True)
class PreviousAmount:
    """The same side over the answers of the previous round."""

    part: "Amount"

    def amount(self, facts: Facts) -> Number | None:
        """Return what the side was; None without a previous round or a value in it."""
        return None if facts.previous is None else self.part.amount(facts.previous)

    def reads(self) -> Iterator[Read]:
        """Yield nothing: what is read is not of this round."""
        return iter(())


@dataclass(frozen=True, slots=True)
class ChangeAmount:
    """How far a side moved since the previous round: |this − last| / |last|."""

    part: "Amount"

    def amount(self, facts: Facts) -> Number | None:
        """Return the rate (0.3 is 30 %); None while either is missing or the last one was 0."""
        this, last = self.part.amount(facts), PreviousAmount(self.part).amount(facts)
        if this is None or not last:
            return None
        return abs(Decimal(this) - last) / abs(Decimal(last))

    def reads(self) -> Iterator[Read]:
        """Yield what is read of this round."""
        return self.part.reads()


Amount: TypeAlias = (
    QuestionAmount
    | CellsAmount
    | RowsAmount
    | ConstantAmount
    | SpanAmount
    | Operation
    | RoundedAmount
    | PreviousAmount
    | ChangeAmount
)


def nodes(amount: Amount) -> Iterator[Amount]:
    """Yield a side and everything it is made of."""
    yield amount
    if isinstance(amount, Operation):
        for part in amount.parts:
            yield from nodes(part)
    elif isinstance(amount, RoundedAmount | PreviousAmount | ChangeAmount):
        yield from nodes(amount.part)


def half_up(amount: Number, decimals: int) -> Number:
    """Return the number rounded as people do (0.5 up), an int when it is whole then."""
    if isinstance(amount, int) or amount.adjusted() > _EXACT_DIGITS:
        return amount
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, context=_WIDE)
    return int(rounded) if rounded == rounded.to_integral_value() else rounded.normalize()
