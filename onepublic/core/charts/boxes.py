"""A box chart: for each group a box from the lower to the upper quartile, a line at its median,
and one value of one's own across all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onepublic.core.charts.bars import ABOVE, BAR, ROW
from onepublic.core.charts.scale import Number, share, ticks

Quartiles = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Box:
    """One group; ``y`` of its top and ``baseline`` of its text in em, the others in percent.

    ``left`` and ``width`` are None without quartiles, ``middle`` without a median.
    """

    label: str
    text: str
    left: float | None
    width: float | None
    middle: float | None
    y: float
    baseline: float


@dataclass(frozen=True, slots=True)
class BoxChart:
    """``height`` and ``box_height`` in em; ``own`` in percent, None without an own value."""

    boxes: list[Box]
    own: float | None
    height: float
    box_height: float = BAR


def box_chart(
    groups: Sequence[tuple[str, str, Quartiles]], *, own: Number | None = None
) -> BoxChart:
    """Boxes for groups of label, text and (lower quartile, median, upper quartile).

    The scale holds 0 and ends at round numbers.
    """
    known = [value for _, _, quartiles in groups for value in quartiles if value is not None]
    ends = [0, *known, *([own] if own is not None else [])]
    first, last = _round_below(min(ends)), ticks(max(ends))[-1]

    def place(value: Number | None) -> float | None:
        return None if value is None else share(value - first, last - first)

    boxes = []
    for number, (label, text, quartiles) in enumerate(groups):
        left, middle, right = map(place, quartiles)
        top = round(number * ROW + ABOVE, 2)
        width = None if left is None or right is None else round(right - left, 2)
        boxes.append(Box(label, text, left, width, middle, top, round(top - 0.5, 2)))
    return BoxChart(boxes, place(own), height=round(len(boxes) * ROW, 2))


def _round_below(least: Number) -> Number:
    return -ticks(-least)[-1] if least < 0 else 0
