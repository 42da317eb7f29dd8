"""Shares of several groups: parts of one bar a group, or a small bar for each part.

Each part bears its number, which the legend repeats, and a pattern: nothing hangs on colour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onepublic.core.charts.scale import share

MOST_SERIES = 6  # patterns that can be told apart
NAME = 1.6  # em: the line above the bars of a group
NOTE = 1.4  # a line below the name
BAR = 1.5
SPACE = 0.9
_ROOM_FOR_BOTH = 18  # percent of the width at which number and value stand in a part
_ROOM_FOR_NUMBER = 5
_LAST_OUTSIDE = 80


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a group; ``series`` from 1, ``y`` of its top and ``baseline`` of its text in em,
    the rest in percent of the width; ``anchor`` as SVG has it.
    """

    series: int
    text: str
    x: float
    width: float
    y: float
    text_x: float
    baseline: float
    anchor: str


@dataclass(frozen=True, slots=True)
class PartsOfGroup:
    """``baseline`` of its name in em; the note, which may be blank, stands NOTE below."""

    label: str
    baseline: float
    parts: list[Part]
    note: str = ""

    @property
    def note_baseline(self) -> float:
        """Of the note, in em."""
        return round(self.baseline + NOTE, 2)


@dataclass(frozen=True, slots=True)
class GroupChart:
    """``series`` are the names of the parts in their order; heights are in em."""

    series: list[str]
    groups: list[PartsOfGroup]
    height: float
    bar_height: float = BAR


Shares = Sequence[tuple[str, Sequence[float]]]
_Parts = Callable[[float, Sequence[float]], list[Part]]


def stacked_chart(
    series: Sequence[str], shares: Shares, *, notes: Sequence[str] = ()
) -> GroupChart:
    """One bar a group for pairs of its name and its shares in percent, 100 in all or less.

    ``notes``, one for each group, stand below the names.
    Raises ValueError for more than MOST_SERIES, and where a group has another number of shares.
    """
    return _chart(series, shares, _stacked, notes, rows=1)


def grouped_chart(
    series: Sequence[str], shares: Shares, *, notes: Sequence[str] = ()
) -> GroupChart:
    """A small bar for each share: several may be true of one at once, so that they don't add up."""
    return _chart(series, shares, _one_below_the_other, notes, rows=len(series))


def _chart(
    series: Sequence[str], shares: Shares, parts: _Parts, notes: Sequence[str], *, rows: int
) -> GroupChart:
    if len(series) > MOST_SERIES or any(len(values) != len(series) for _, values in shares):
        raise ValueError(f"at most {MOST_SERIES} series, and one share of each a group")
    head = NAME + NOTE if notes else NAME
    step = head + rows * BAR + SPACE
    tops = [place * step for place in range(len(shares))]
    groups = [
        PartsOfGroup(label, round(top + 1.1, 2), parts(top + head, values), note)
        for top, (label, values), note in zip(
            tops, shares, notes or [""] * len(shares), strict=True
        )
    ]
    return GroupChart(list(series), groups, height=round(len(groups) * step, 2))


def _stacked(top: float, values: Sequence[float]) -> list[Part]:
    parts, begun = [], 0.0
    for number, value in enumerate(values, 1):
        width = share(value, 100)
        middle = round(begun + width / 2, 2)
        if width:
            text = _inside(number, value)
            place = (round(begun, 2), width, round(top, 2))
            parts.append(Part(number, text, *place, middle, _baseline(top), "middle"))
        begun += width
    return parts


def _inside(number: int, value: float) -> str:
    if value >= _ROOM_FOR_BOTH:
        return f"{number}　{value:.0f}%"
    return str(number) if value >= _ROOM_FOR_NUMBER else ""


def _one_below_the_other(top: float, values: Sequence[float]) -> list[Part]:
    return [
        _beside(number, value, round(top + (number - 1) * BAR, 2))
        for number, value in enumerate(values, 1)
    ]


def _beside(number: int, value: float, top: float) -> Part:
    """The text stands behind the bar, or in its end where there is no room behind it."""
    width = share(value, 100)
    inside = width > _LAST_OUTSIDE
    text = f"{number}　{value:.1f}%"
    text_x = round(width + (-1.0 if inside else 1.0), 2)
    return Part(number, text, 0.0, width, top, text_x, _baseline(top), "end" if inside else "start")


def _baseline(top: float) -> float:
    return round(top + 1.05, 2)
