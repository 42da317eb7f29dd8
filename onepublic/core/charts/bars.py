"""A bar chart: bars lie, so that long Japanese labels stand above them in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onepublic.core.charts.scale import Number, share, ticks, written

ROW = 3.5  # em: label, bar and the space below
BAR = 1.0
ABOVE = 1.6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``y`` of its top, ``baseline`` of its text, in em; ``width`` in percent."""

    label: str
    text: str
    width: float
    y: float
    baseline: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """``height`` in em, ``bar_height`` in em."""

    bars: list[Bar]
    height: float
    bar_height: float = BAR


def bar_chart(
    values: Sequence[tuple[str, Number | None]],
    *,
    unit: str,
    whole: Number | None = None,
    words: Callable[[Number | None, str], str] = written,
) -> BarChart:
    """Bars for pairs of label and value (None: no value, no bar).

    ``whole`` is what a bar over the full width stands for; the next round number when left out.
    ``words`` writes a value with its unit.
    """
    known = [value for _, value in values if value is not None]
    full = whole or ticks(max(known, default=0))[-1]
    bars = [
        _bar(place, label, words(value, unit), share(value or 0, full))
        for place, (label, value) in enumerate(values)
    ]
    return BarChart(bars, height=round(len(bars) * ROW, 2))


def _bar(place: int, label: str, text: str, width: float) -> Bar:
    top = place * ROW
    return Bar(
        label=label,
        text=text,
        width=width,
        y=round(top + ABOVE, 2),
        baseline=round(top + ABOVE - 0.5, 2),
    )
