"""A line chart of one to four series over the same few times."""

from collections.abc import Sequence
from dataclasses import dataclass

from onepublic.core.charts.scale import Number, share, ticks, written

MOST_SERIES = 4
MOST_LABELS = 6  # of the times; more would run into each other at 320 px
LEFT, RIGHT = 18.0, 94.0  # percent: where the first and the last time stand
TOP, BOTTOM = 8.0, 88.0  # percent of the height


@dataclass(frozen=True, slots=True)
class Series:
    """A name and one value per time (None: not known, the line has a gap)."""

    name: str
    values: Sequence[Number | None]


@dataclass(frozen=True, slots=True)
class Point:
    """A marker; both in percent."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """One series: ``number`` 1 to 4 gives it dashes and markers; ``paths`` are SVG points."""

    number: int
    name: str
    points: list[Point]
    paths: list[str]


@dataclass(frozen=True, slots=True)
class Label:
    """A tick of one of the axes; ``place`` in percent along it."""

    text: str
    place: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """``unit`` of the numbers up the side; ``header`` and ``table``: the same numbers as text."""

    unit: str
    lines: list[Line]
    across: list[Label]
    up: list[Label]
    header: list[str]
    table: list[list[str]]


def line_chart(times: Sequence[str], series: Sequence[Series], *, unit: str) -> LineChart:
    """Lines for series that each have one value per time.

    Raises ValueError for no time, more than four series or a series of another length.
    """
    if not times or len(series) > MOST_SERIES:
        raise ValueError("a line chart has times and at most four series")
    if any(len(one.values) != len(times) for one in series):
        raise ValueError("each series has one value per time")
    known = [value for one in series for value in one.values if value is not None]
    scale = ticks(max(known, default=0))
    return LineChart(
        unit=unit,
        lines=[_line(number, one, scale[-1]) for number, one in enumerate(series, 1)],
        across=_across(times),
        up=[Label(written(tick), _height(tick, scale[-1])) for tick in scale],
        header=[one.name for one in series],
        table=[
            [time, *(written(one.values[place], unit) for one in series)]
            for place, time in enumerate(times)
        ],
    )


def _line(number: int, series: Series, top: Number) -> Line:
    places = _places(len(series.values))
    points = [
        None if value is None else Point(x, _height(value, top))
        for x, value in zip(places, series.values, strict=True)
    ]
    return Line(number, series.name, [p for p in points if p], _paths(points))


def _paths(points: Sequence[Point | None]) -> list[str]:
    """Runs of known points as ``x,y x,y``; a point alone needs no line."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point.x},{point.y}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _places(count: int) -> list[float]:
    if count == 1:
        return [(LEFT + RIGHT) / 2]
    return [round(LEFT + (RIGHT - LEFT) * place / (count - 1), 2) for place in range(count)]


def _height(value: Number, top: Number) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share(value, top) / 100, 2)


def _across(times: Sequence[str]) -> list[Label]:
    """The last time always has its label, and every n-th before it."""
    every = -(-len(times) // MOST_LABELS)
    return [
        Label(text, place)
        for number, (text, place) in enumerate(zip(times, _places(len(times)), strict=True), 1)
        if (len(times) - number) % every == 0
    ]
