"""Sets of values that an answer may still have while a condition is looked into."""

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Protocol

from surveys.questionnaire.conditions import Op
from surveys.questionnaire.satisfiability.intervals import Interval

_OPPOSITES = {
    Op.EQ: Op.NE,
    Op.NE: Op.EQ,
    Op.GT: Op.LE,
    Op.LE: Op.GT,
    Op.LT: Op.GE,
    Op.GE: Op.LT,
    Op.CONTAINS: Op.NOT_CONTAINS,
    Op.NOT_CONTAINS: Op.CONTAINS,
}


class Values(Protocol):
    """A set of values."""

    def narrowed(self, op: Op, value: Any, wanted: bool) -> "Values":
        """Return those of which the comparison is as `wanted`."""

    def is_empty(self) -> bool:
        """Tell whether there is none."""


@dataclass(frozen=True, slots=True)
class AnyValue:
    """Values that no condition tells apart, such as texts."""

    def narrowed(self, op: Op, value: Any, wanted: bool) -> Values:
        """Return the same set."""
        return self

    def is_empty(self) -> bool:
        """Tell that there always is one."""
        return False


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers with `decimals` places in a range, without some."""

    limits: Interval
    decimals: int = 0
    without: frozenset[Decimal] = frozenset()

    def narrowed(self, op: Op, value: Any, wanted: bool) -> Values:
        """Return those of which the comparison is as `wanted`."""
        step, (low, high) = Decimal(1).scaleb(-self.decimals), (self.limits.low, self.limits.high)
        match op if wanted else _OPPOSITES[op]:
            case Op.EQ:
                low, high = max(low, _rounded(value, step, ROUND_CEILING)), min(high, value)
            case Op.NE:
                return replace(self, without=self.without | {value})
            case Op.GE:
                low = max(low, _rounded(value, step, ROUND_CEILING))
            case Op.GT:
                low = max(low, _rounded(value, step, ROUND_FLOOR) + step)
            case Op.LE:
                high = min(high, _rounded(value, step, ROUND_FLOOR))
            case Op.LT:
                high = min(high, _rounded(value, step, ROUND_CEILING) - step)
        return replace(self, limits=Interval(low, high))

    def is_empty(self) -> bool:
        """Tell whether there is none; a wide range always has one left."""
        low, high = self.limits.low, self.limits.high
        if low > high:
            return True
        step = Decimal(1).scaleb(-self.decimals)
        if high - low > len(self.without) * step:
            return False
        first, count = _rounded(low, step, ROUND_CEILING), len(self.without) + 1
        numbers = [first + place * step for place in range(count)]
        return all(number > high or number in self.without for number in numbers)


def _rounded(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (number / step).to_integral_value(rounding) * step


@dataclass(frozen=True, slots=True)
class Words:
    """Options, truth values or codes; `among` is None where there are too many to list."""

    among: frozenset[Any] | None

    def narrowed(self, op: Op, value: Any, wanted: bool) -> Values:
        """Return those of which the comparison is as `wanted`."""
        named = value if isinstance(value, frozenset) else frozenset((value,))
        if wanted is (op in (Op.EQ, Op.IN)):
            return Words(named if self.among is None else self.among & named)
        return self if self.among is None else Words(self.among - named)

    def is_empty(self) -> bool:
        """Tell whether there is none."""
        return self.among is not None and not self.among


@dataclass(frozen=True, slots=True)
class Lists:
    """Choices of several options, in order of rank where they are ranked."""

    options: frozenset[str]
    exclusive: frozenset[str]
    most: int
    with_: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()

    def narrowed(self, op: Op, value: Any, wanted: bool) -> Values:
        """Return those of which the comparison is as `wanted`."""
        if op is Op.FIRST:
            return replace(self, first=self.first | {value}) if wanted else self
        if wanted is (op is Op.CONTAINS):
            return replace(self, with_=self.with_ | {value})
        return replace(self, without=self.without | {value})

    def is_empty(self) -> bool:
        """Tell whether there is none."""
        chosen = self.with_ | self.first
        alone = bool(chosen & self.exclusive) and len(chosen) > 1
        return (
            alone
            or len(self.first) > 1
            or len(chosen) > self.most
            or not chosen.isdisjoint(self.without)
            or self.options <= self.without
        )
