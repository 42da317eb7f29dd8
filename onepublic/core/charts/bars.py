"""A bar chart: bars lie, so that long Japanese labels stand above them in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onepublic.core.charts.scale import Number, share, ticks, written

ROW = 3.5  # em: label, bar and the space below
BAR = 1.0
ABOVE = 1.6
NAME = 1.4  # the line above that, of a name too long to stand beside a value


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``y`` of its top, ``baseline`` of its text, in em; ``width`` in percent. ``name`` is
    blank, or stands on a line of its own, NAME above the text.
    """

    label: str
    text: str
    width: float
    y: float
    baseline: float
    name: str = ""

    @property
    def name_baseline(self) -> float:
        """Of the name, in em."""
        return round(self.baseline - NAME, 2)


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
    names: Sequence[str] = (),
) -> BarChart:
    """Bars for pairs of label and value (None: no value, no bar).

    ``whole`` is what a bar over the full width stands for; the next round number when left out.
    ``words`` writes a value with its unit. ``names``, one for each bar, stand above the labels.
    """
    known = [value for _, value in values if value is not None]
    full = whole or ticks(max(known, default=0))[-1]
    row = ROW + NAME if names else ROW
    tops = [place * row + row - ROW for place in range(len(values))]
    texts = names or [""] * len(values)
    bars = [
        _bar(top, label, words(value, unit), share(value or 0, full), name)
        for top, (label, value), name in zip(tops, values, texts, strict=True)
    ]
    return BarChart(bars, height=round(len(bars) * row, 2))


def _bar(top: float, label: str, text: str, width: float, name: str) -> Bar:
    return Bar(
        label=label,
        text=text,
        width=width,
        y=round(top + ABOVE, 2),
        baseline=round(top + ABOVE - 0.5, 2),
        name=name,
    )
