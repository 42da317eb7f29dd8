"""Figures of one group of organizations."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, fsum


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the numbers answered; quartiles as Excel's QUARTILE.INC counts them."""

    total: float
    mean: float
    least: float
    lower: float
    median: float
    upper: float
    most: float


def figures(numbers: Iterable[float]) -> Figures | None:
    """The figures of the numbers; None where there is none."""
    known = sorted(numbers)
    if not known:
        return None
    total = fsum(known)
    return Figures(
        total,
        total / len(known),
        known[0],
        quantile(known, 0.25),
        quantile(known, 0.5),
        quantile(known, 0.75),
        known[-1],
    )


def quantile(ordered: list[float], share: float) -> float:
    """The value below which ``share`` of the ordered numbers lie, between two by proportion."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
