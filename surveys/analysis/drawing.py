"""Which chart shows an analysis, and what it says in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from onepublic.core.charts import (
    MOST_SERIES,
    BarChart,
    GroupChart,
    bar_chart,
    grouped_chart,
    stacked_chart,
)
from surveys.analysis.asked import MIDDLES, Middle
from surveys.analysis.counting import Analysis, Counted
from surveys.analysis.numbers import plain
from surveys.analysis.telling import told, told_of_answers, told_of_numbers, told_of_option
from surveys.questionnaire import ValueKind

ALL_OPTIONS: Final = "all"
_MOST_SMALL_BARS: Final = 60
_LONGEST_NAME: Final = 19  # wide signs, at 320 pixels


@dataclass(frozen=True, slots=True)
class Drawing:
    """``bars`` or ``parts`` is the chart; neither where there is nothing that bars could show."""

    title: str
    summary: str
    bars: BarChart | None = None
    parts: GroupChart | None = None


def chart_choices(found: Analysis) -> list[tuple[str, str]]:
    """What the chart may show instead, the usual one first; none where there is but one."""
    if found.split is None or not (found.options or found.is_number):
        return []
    if found.is_number:
        return [(str(middle), word) for middle, word in MIDDLES.items()]
    options = [(str(number), f"「{each}」の割合") for number, each in enumerate(found.options, 1)]
    if _shows_all(found):
        return [(ALL_OPTIONS, "全ての選択肢"), *options]
    return sorted(options, key=lambda pair: -_times(found, pair[0]))


def drawing_of(found: Analysis, chosen: str) -> Drawing:
    """The chart; ``chosen`` is a word of :func:`chart_choices`, blank for the usual one."""
    choices = chart_choices(found)
    word = chosen or (choices[0][0] if choices else "")
    if found.options:
        return _of_options(found, word)
    return _of_numbers(found, word) if found.is_number else _of_answers(found)


def _times(found: Analysis, word: str) -> int:
    return found.whole.chosen[found.options[int(word) - 1]]


def _shows_all(found: Analysis) -> bool:
    """Where options add up they share a bar; where they don't, there must not be too many bars."""
    bars = len(found.options) * len(found.groups)
    small = found.column.field.kind is not ValueKind.CHOICES or bars <= _MOST_SMALL_BARS
    return len(found.options) <= MOST_SERIES and small


def _of_options(found: Analysis, word: str) -> Drawing:
    if found.split is None:
        whole = found.whole
        times = [f"{count:,}団体" for count in whole.chosen.values()]
        shares = [_percent_of(whole, each) for each in found.options]
        bars = _shares(found.options, times, shares)
        return Drawing("選択した団体の割合", told(found), bars)
    if word == ALL_OPTIONS:
        return Drawing(f"{found.split.label}ごとの割合", told(found), parts=_parts(found))
    option = found.options[int(word) - 1]
    shares = [_percent_of(group, option) for group in found.groups]
    bars = _shares(_names(found.groups), map(_base, found.groups), shares)
    return Drawing(f"「{option}」を選択した団体の割合", told_of_option(found, option), bars)


def _parts(found: Analysis) -> GroupChart:
    """Of the groups in which somebody answered."""
    draw = grouped_chart if found.column.field.kind is ValueKind.CHOICES else stacked_chart
    groups = [group for group in found.groups if group.answered]
    shares = [[_percent_of(group, each) or 0 for each in found.options] for group in groups]
    pairs = list(zip(_names(groups), shares, strict=True))
    return draw(found.options, pairs, notes=list(map(_base, groups)))


def _of_numbers(found: Analysis, word: str) -> Drawing:
    if found.split is None:
        return Drawing("回答の分布", told_of_numbers(found), _bars(found, _distribution(found)))
    middle = Middle(word)
    values = [(_base(group), middle_of(group, middle)) for group in found.groups]
    title = f"{found.split.label}ごとの{MIDDLES[middle]}"
    bars = _bars(found, values, _names(found.groups))
    return Drawing(title, told_of_numbers(found, middle), bars)


def _of_answers(found: Analysis) -> Drawing:
    if found.split is None:
        whole = found.whole
        counts = (whole.answered, whole.blank, whole.none, whole.not_applicable)
        pairs = list(zip(("回答", "空欄", "該当なし", "対象外"), counts, strict=True))
        return Drawing("回答の有無", told_of_answers(found), bar_chart(pairs, unit="団体"))
    bases = [f"提出{group.handed_in:,}団体" for group in found.groups]
    shares = [round(100 * group.answered / group.handed_in, 1) for group in found.groups]
    bars = _shares(_names(found.groups), bases, shares)
    title = f"{found.split.label}ごとの回答した団体の割合"
    return Drawing(title, told_of_answers(found), bars)


def middle_of(group: Counted, middle: Middle) -> float | None:
    """The median or the mean of a group; None where nobody answered."""
    if group.figures is None:
        return None
    return group.figures.mean if middle is Middle.MEAN else group.figures.median


def _distribution(found: Analysis) -> list[tuple[str, float | None]]:
    figures = found.whole.figures
    if figures is None:
        return []
    names = ("最小値", "第1四分位数", "中央値", "平均", "第3四分位数", "最大値")
    values = (
        figures.least,
        figures.lower,
        figures.median,
        figures.mean,
        figures.upper,
        figures.most,
    )
    return list(zip(names, values, strict=True))


def _bars(
    found: Analysis, values: Sequence[tuple[str, float | None]], names: Sequence[str] = ()
) -> BarChart | None:
    """None where a bar would have to reach below zero, or there is no value at all."""
    known = [value for _, value in values if value is not None]
    if not known or min(known) < 0:
        return None
    return bar_chart(values, unit=found.column.field.unit, words=_words, names=names)


def _shares(names: Sequence[str], bases: Iterable[str], shares: Sequence[float | None]) -> BarChart:
    values = list(zip(bases, shares, strict=True))
    return bar_chart(values, unit="%", whole=100, names=[_fitted(name) for name in names])


def _words(value: float | None, unit: str) -> str:
    return "－" if value is None else f"{plain(value)}{unit}"


def _names(groups: Iterable[Counted]) -> list[str]:
    return [_fitted(group.name) for group in groups]


def _fitted(name: str) -> str:
    """What a narrow screen has room for; the table has the name in full."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _base(group: Counted) -> str:
    return f"回答{group.answered:,}団体"


def _percent_of(group: Counted, option: str) -> float | None:
    share = group.share(option)
    return None if share is None else round(100 * share, 1)
