"""The groups by which one question is counted: attributes of the organizations, other answers."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from onepublic.workbook import Cell
from surveys.analysis.numbers import plain
from surveys.compilation.codes import NONE_APPLIES, NOT_APPLICABLE, NoneApplies, NotApplicable
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.groups import BUREAU, KIND, PREFECTURE, Group, Grouping
from surveys.compilation.rows import ResponseRow
from surveys.compilation.statistics import quantile
from surveys.compilation.tallies import Tally, options_in
from surveys.questionnaire import ValueKind

HEALTH_CENTER: Final = "保健所の有無"
ATTRIBUTES: Final = {
    "kind": KIND,
    "prefecture": PREFECTURE,
    "bureau": BUREAU,
    "health_center": HEALTH_CENTER,
}
"""What the address says, and the name of the division."""
_QUARTERS: Final = (0.25, 0.5, 0.75)
_OTHERWISE: Final = "（選択肢にない回答）"
_BLANK: Final = "（空欄）"
_BY_ANSWER: Final = "回答の区分"
_SEVERAL: Final = "複数を選択した団体は、選択した全ての区分に数えています。"
_QUARTERED: Final = "数は、回答した団体の四分位数を境として区分しています。"
_WITHOUT: Final = (_OTHERWISE, _BLANK, f"（{NONE_APPLIES}）", f"（{NOT_APPLICABLE}）")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Split:
    """``label`` heads the names of the groups, ``note`` says how they were made where that is not
    plain.
    """

    title: str
    groups: list[Group]
    label: str
    note: str = ""


def by_attribute(attribute: str, rows: Sequence[ResponseRow]) -> Split:
    """The groups of a division of ATTRIBUTES, in the order of the sheet 集計."""
    title = ATTRIBUTES[attribute]
    if title == HEALTH_CENTER:
        return Split(title, _sorted_into(rows, _has_health_center, ["あり", "なし"]), title)
    grouping = Grouping()
    grouping.add(rows)
    return Split(title, dict(grouping.divisions())[title], title)


def by_answer(column: AnswerColumn, cells: Sequence[Cell]) -> Split:
    """The groups of the answers to another question, and of those that gave none."""
    if column.field.kind is ValueKind.NUMBER:
        return _by_class(column, cells)
    options = Tally(column).options
    groups = _sorted_into(cells, lambda cell: _chosen(cell, options), [*options, *_WITHOUT])
    note = _SEVERAL if column.field.kind is ValueKind.CHOICES else ""
    return Split(column.label, groups, _BY_ANSWER, note)


def _by_class(column: AnswerColumn, cells: Sequence[Cell]) -> Split:
    """Quarters of the numbers; equal numbers are never parted, so that there may be fewer."""
    unit = column.field.unit
    known = sorted(cell for cell in cells if isinstance(cell, int | float))
    limits = sorted({quantile(known, share) for share in _QUARTERS} - {known[-1]}) if known else []
    names = _class_names(limits, unit)

    def places(cell: Cell) -> list[str]:
        if isinstance(cell, int | float):
            return [names[bisect_left(limits, cell)]]
        return [_reason(cell)]

    return Split(
        column.label, _sorted_into(cells, places, [*names, *_WITHOUT]), _BY_ANSWER, _QUARTERED
    )


def _class_names(limits: Sequence[float], unit: str) -> list[str]:
    if not limits:
        return ["全ての値"]
    texts = [f"{plain(limit, places=4)}{unit}" for limit in limits]
    between = [f"{low}超{high}以下" for low, high in pairwise(texts)]
    return [f"{texts[0]}以下", *between, f"{texts[-1]}超"]


def _chosen(cell: Cell, options: Sequence[str]) -> list[str]:
    return options_in(cell, options) or [_reason(cell)]


def _reason(cell: Cell) -> str:
    """Which group holds a cell that names no option and is no number."""
    if cell is None:
        return _BLANK
    given = isinstance(cell, NoneApplies | NotApplicable)
    return f"（{cell}）" if given else _OTHERWISE


def _has_health_center(row: ResponseRow) -> list[str]:
    return ["あり" if row.has_health_center else "なし"]


def _sorted_into(
    things: Sequence[_T], places: Callable[[_T], list[str]], order: Sequence[str]
) -> list[Group]:
    """The groups in that order, without those that nobody is in."""
    groups = {name: Group(name) for name in order}
    for number, thing in enumerate(things):
        for name in places(thing):
            groups[name].members.append(number)
    return [group for group in groups.values() if group.members]
