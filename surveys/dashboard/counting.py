"""The responses of one survey counted once, and added up by prefecture, by kind and in all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from accounts.states import Kind
from surveys.querysets import AssignmentQuerySet
from surveys.standings import Standing

COUNTS: Final = ("asked", "submitted", *(str(each) for each in Standing))
OUTSIDE = "地方厚生（支）局"
Row = dict[str, Any]
"""``label``, ``code`` (of the prefecture or kind), COUNTS, and ``share`` of what was asked."""


@dataclass(frozen=True, slots=True)
class Counted:
    """``prefectures`` in order of their codes, those who lie in none first; ``kinds`` in their
    official order.
    """

    total: Row
    prefectures: list[Row]
    kinds: list[Row]


def counted(progress: AssignmentQuerySet) -> Counted:
    """Everything by one query, which reads each assignment once."""
    cells = list(progress.by_prefecture_and_kind())
    by_kind = _added(cells, lambda cell: (cell["organization__kind"], ""))
    return Counted(
        total=_sum(cells, label="合計", code=""),
        prefectures=list(_added(cells, _prefecture_of).values()),
        kinds=[by_kind[kind] | {"label": str(kind.label)} for kind in Kind if kind in by_kind],
    )


def _prefecture_of(cell: Row) -> tuple[str, str]:
    return cell["organization__prefecture_code"], cell["organization__prefecture_name"] or OUTSIDE


def _added(cells: Iterable[Row], place: Callable[[Row], tuple[str, str]]) -> dict[str, Row]:
    """Sums by the code that ``place`` tells of a cell, with the label that it tells."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for cell in cells:
        groups.setdefault(place(cell), []).append(cell)
    return {code: _sum(group, label, code) for (code, label), group in groups.items()}


def _sum(cells: Iterable[Row], label: str, code: str) -> Row:
    counts = dict.fromkeys(COUNTS, 0)
    for cell in cells:
        for name in COUNTS:
            counts[name] += cell[name]
    share = counts["submitted"] / counts["asked"] if counts["asked"] else 0.0
    return {"label": label, "code": code, **counts, "share": share}
