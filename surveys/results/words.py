"""Figures of results in words. What is hidden is 「x」, as in Japanese official statistics."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

HIDDEN: Final = "x"
NOBODY: Final = "－"
_LARGE: Final = 1000


def number(value: float | None, unit: str = "") -> str:
    """``1,234人``, ``12.5人``, at most two places; hidden where it is None."""
    if value is None:
        return HIDDEN
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return f"{text}{unit}"


def quartile(value: float | None, unit: str = "") -> str:
    """The same of a value that may lie between two answers: from 1,000 on without places, below
    with one, rounded half up.
    """
    if value is None:
        return HIDDEN
    places = Decimal(1) if abs(value) >= _LARGE else Decimal("0.1")
    return number(float(Decimal(str(value)).quantize(places, ROUND_HALF_UP)), unit)


def share(part: int | None, whole: int | None) -> str:
    """``12.5%``; hidden where either is."""
    if part is None or whole is None:
        return HIDDEN
    return f"{100 * part / whole:.1f}%" if whole else NOBODY


def organizations(count: int | None) -> str:
    """``1,234団体``."""
    return HIDDEN if count is None else f"{count:,}団体"
