"""One section of results as a page shows it: own answers beside those of groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from onepublic.core.charts import BarChart, BoxChart, bar_chart, box_chart
from surveys.results.frozen import Answers, Head, ReleasedColumn, ReleasedSection, Shown
from surveys.results.owning import Own
from surveys.results.words import HIDDEN, NOBODY, number, organizations, quartile, share

_BOXES: Final = "分布（箱は第1四分位数から第3四分位数まで、中の太い線は中央値）"
_BOXES_AND_OWN: Final = (
    "分布（箱は第1四分位数から第3四分位数まで、中の太い線は中央値、破線は貴機関の値）"
)
_BESIDE_A_VALUE: Final = 8  # wide signs, with the mark and a value at 320 pixels
_LONGEST_NAME: Final = 19
_SHARES: Final = "全国で回答した団体に占める割合"


@dataclass(frozen=True, slots=True)
class Place:
    """A group beside which own answers are laid; None of both is the nation."""

    name: str
    kind: int | None = None
    prefecture: int | None = None

    def of(self, column: ReleasedColumn) -> Shown:
        """The group's figures of the column."""
        if self.kind is not None:
            return column.kinds[self.kind]
        return column.nation if self.prefecture is None else column.prefectures[self.prefecture]


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell in words: what counts, and what stands small below it."""

    place: str
    text: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One number, or one option, in each of the places."""

    label: str
    own: str
    is_own: bool
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Block:
    """A table with its chart, if it has one: ``drawing`` is what the chart is of, ``summary`` says
    in a sentence what it shows.
    """

    id: str
    label: str
    is_number: bool
    lines: list[Line]
    boxes: BoxChart | None
    bars: BarChart | None
    drawing: str
    summary: str


@dataclass(frozen=True, slots=True)
class QuestionResults:
    """A question with its numbers in one table, and a table for each choice."""

    id: str
    label: str
    blocks: list[Block]


def places(head: Head, kind: str, prefecture: str) -> list[Place]:
    """The nation, and of the kind and the prefecture with these names those that there are."""
    kinds = [each.name for each in head.kinds]
    prefectures = [each.name for each in head.prefectures]
    found = [Place("全国")]
    if kind in kinds:
        found.append(Place(kind, kind=kinds.index(kind)))
    if prefecture in prefectures:
        found.append(Place(prefecture, prefecture=prefectures.index(prefecture)))
    return found


def compared(
    section: ReleasedSection, beside: Sequence[Place], own: Own | None
) -> Iterator[QuestionResults]:
    """The questions of a section, in order."""
    for question_id, grouped in groupby(section.columns, key=lambda each: each.question):
        columns = list(grouped)
        numbers = [each for each in columns if each.answers is Answers.NUMBER]
        choices = [each for each in columns if each.answers is not Answers.NUMBER]
        blocks = [_numbers(numbers, beside, own)] if numbers else []
        blocks += [_choice(each, beside, own) for each in choices]
        yield QuestionResults(question_id, columns[0].question_label, blocks)


def _numbers(columns: Sequence[ReleasedColumn], beside: Sequence[Place], own: Own | None) -> Block:
    lines = [_number_line(each, beside, own) for each in columns]
    first = columns[0]
    label = first.question_label
    if len(columns) > 1:
        return Block(first.question, label, True, lines, None, None, "", "")
    mine = own.numbers.get(first.key) if own else None
    groups = [_quartiles_of(place, first) for place in beside]
    medians = "、".join(f"{place}が{text}" for place, text, _ in groups)
    summary = f"中央値は、{medians}です。"
    if mine is not None:
        summary = f"破線は、貴機関の{number(mine, first.unit)}です。{summary}"
    drawing = _BOXES if mine is None else _BOXES_AND_OWN
    boxes = box_chart(groups, own=mine)
    return Block(first.question, label, True, lines, boxes, None, drawing, summary)


def _quartiles_of(
    place: Place, column: ReleasedColumn
) -> tuple[str, str, tuple[float | None, float | None, float | None]]:
    shown = place.of(column)
    return (place.name, _median(shown, column.unit), (shown.lower, shown.median, shown.upper))


def _median(shown: Shown, unit: str) -> str:
    return NOBODY if shown.answered == 0 else quartile(shown.median, unit)


def _number_line(column: ReleasedColumn, beside: Sequence[Place], own: Own | None) -> Line:
    mine = own.numbers.get(column.key) if own else None
    figures = [_number_figure(place.name, place.of(column), column.unit) for place in beside]
    text = NOBODY if mine is None else number(mine, column.unit)
    return Line(_last_part(column), text, False, figures)


def _number_figure(place: str, shown: Shown, unit: str) -> Figure:
    """The median; below it the quartiles, where they are shown, and how many answered."""
    if not shown.answered and shown.median is None:
        return Figure(place, HIDDEN if shown.answered is None else NOBODY, ())
    below = [organizations(shown.answered)]
    if shown.lower is not None and shown.upper is not None:
        below.insert(0, f"{quartile(shown.lower)}～{quartile(shown.upper, unit)}")
    return Figure(place, quartile(shown.median, unit), tuple(below))


def _last_part(column: ReleasedColumn) -> str:
    """Of the label of a cell what stands behind the label of its question."""
    return column.label.removeprefix(f"{column.question_label}／")


def _choice(column: ReleasedColumn, beside: Sequence[Place], own: Own | None) -> Block:
    mine = own.chosen.get(column.key, frozenset()) if own else frozenset()
    lines = [
        Line(option, "", option in mine, [_share_figure(p.name, p.of(column), at) for p in beside])
        for at, option in enumerate(column.options)
    ]
    return Block(
        column.key.replace(".", "-"),
        _last_part(column),
        False,
        lines,
        None,
        _bars(column, mine),
        _SHARES,
        f"全国で{_most(column)}",
    )


def _share_figure(place: str, shown: Shown, option: int) -> Figure:
    count = shown.options[option] if shown.options else None
    if count is None:
        return Figure(place, HIDDEN, ())
    return Figure(place, share(count, shown.answered), (organizations(count),))


def _bars(column: ReleasedColumn, mine: frozenset[str]) -> BarChart:
    """The nation's shares; the own option is marked by a word. Long options have their own line."""
    shown = column.nation
    shares = [_percent(count, shown.answered) for count in shown.options]
    marks = ["（貴機関の回答）" if option in mine else "" for option in column.options]
    if max(map(len, column.options)) > _BESIDE_A_VALUE:
        names = [_fitted(option) for option in column.options]
        pairs = list(zip(marks, shares, strict=True))
    else:
        labels = [f"{option}{mark}" for option, mark in zip(column.options, marks, strict=True)]
        names, pairs = [], list(zip(labels, shares, strict=True))
    return bar_chart(pairs, unit="%", whole=100, words=_share_in_words, names=names)


def _fitted(option: str) -> str:
    """As much of it as a narrow screen has room for; the table has it in full."""
    return option if len(option) <= _LONGEST_NAME else f"{option[: _LONGEST_NAME - 1]}…"


def _share_in_words(value: float | None, unit: str) -> str:
    return HIDDEN if value is None else f"{value:.1f}{unit}"


def _percent(count: int | None, answered: int | None) -> float | None:
    return round(100 * count / answered, 1) if count is not None and answered else None


def _most(column: ReleasedColumn) -> str:
    counted = [
        (count, option)
        for count, option in zip(column.nation.options, column.options, strict=True)
        if count
    ]
    if not counted:
        return "示せる回答はありません。"
    count, option = max(counted, key=lambda each: each[0])
    return f"最も多く示されているのは「{option}」の{organizations(count)}です。"
