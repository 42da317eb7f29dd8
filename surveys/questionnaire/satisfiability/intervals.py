"""Ranges of numbers, and what becomes of them in a calculation."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final

_ZERO: Final = Decimal(0)
_INFINITE: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; infinite where there is no limit."""

    low: Decimal = -_INFINITE
    high: Decimal = _INFINITE

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        pairs = product((self.low, self.high), (other.low, other.high))
        corners = [_times(mine, theirs) for mine, theirs in pairs]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: "Interval") -> "Interval":
        """Divide by all numbers of `other` but 0."""
        if other.low < 0 < other.high or other == POINT_ZERO:
            return Interval()
        return self * other.inverse()

    def inverse(self) -> "Interval":
        """Return 1 divided by each number but 0, all of which have one sign."""
        if self.low == 0:
            return Interval(_one_by(self.high), _INFINITE)
        if self.high == 0:
            return Interval(-_INFINITE, _one_by(self.low))
        return Interval(_one_by(self.high), _one_by(self.low))

    def __abs__(self) -> "Interval":
        if self.low >= 0:
            return self
        if self.high <= 0:
            return Interval(-self.high, -self.low)
        return Interval(_ZERO, max(-self.low, self.high))

    def with_zero(self) -> "Interval":
        """Return the range with 0 in it, which stands for a blank cell."""
        return Interval(min(self.low, _ZERO), max(self.high, _ZERO))

    def widened(self, by: Decimal) -> "Interval":
        """Return a range that is wider by so much at both ends."""
        return Interval(self.low - by, self.high + by)


def point(number: Decimal) -> Interval:
    """Return the range of a single number."""
    return Interval(number, number)


POINT_ZERO: Final = point(_ZERO)


def _times(mine: Decimal, theirs: Decimal) -> Decimal:
    """Multiply ends: nothing times no limit is nothing."""
    return _ZERO if mine == 0 or theirs == 0 else mine * theirs


def _one_by(number: Decimal) -> Decimal:
    return _ZERO if number.is_infinite() else 1 / number
