"""集計: each column counted by prefecture, kind and regional bureau, and charts of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from itertools import islice
from typing import Final

from onepublic.workbook import Cell, Chart, Column, Format, Label, Sheet
from surveys.compilation.charting import Charting
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.filling import Filled
from surveys.compilation.groups import Group, Grouping
from surveys.compilation.numbers import Pick
from surveys.compilation.statistics import figures
from surveys.compilation.tallies import Mark, Tally, picker

TITLE: Final = "集計"
_CHUNK: Final = 8
_COUNTED: Final = (Mark.ANSWERED, Mark.BLANK, Mark.NONE, Mark.NOT_APPLICABLE)
_COLUMNS: Final = (
    Column(("#field", "項目ID"), 18, Format.TEXT),
    Column(("#label", "設問・項目"), 44),
    Column(("#unit", "単位"), 8),
    Column(("#division", "区分"), 16),
    Column(("#group", "名称"), 14),
    Column(("#option", "選択肢"), 20),
    Column(("#asked", "提出した団体"), 12, Format.COUNT),
    Column(("#answered", "回答"), 9, Format.COUNT),
    Column(("#blank", "空欄"), 9, Format.COUNT),
    Column(("#none", "該当なし"), 9, Format.COUNT),
    Column(("#not_applicable", "対象外"), 9, Format.COUNT),
    Column(("#chosen", "選択した団体"), 12, Format.COUNT),
    Column(("#share", "回答に占める割合"), 14, Format.PERCENT),
    Column(("#sum", "合計"), 14, Format.COUNT),
    Column(("#mean", "平均"), 12, Format.TWO_PLACES),
    Column(("#least", "最小値"), 12, Format.GENERAL),
    Column(("#lower", "第1四分位数"), 12, Format.TWO_PLACES),
    Column(("#median", "中央値"), 12, Format.TWO_PLACES),
    Column(("#upper", "第3四分位数"), 12, Format.TWO_PLACES),
    Column(("#most", "最大値"), 12, Format.GENERAL),
)
HEADER_ROWS: Final = len(_COLUMNS[0].headers)
_NO_NUMBERS: Final[tuple[Cell, ...]] = (None,) * 7
_NO_CHOICE: Final[tuple[Cell, ...]] = (None, None)


class Summary:
    """Takes the responses in, then gives the sheet and, once it is written, its charts.

    ``last_row`` is that of a full sheet; what stands on further sheets has no chart.
    """

    def __init__(
        self, columns: Sequence[AnswerColumn], responses: Iterable[Filled], *, last_row: int
    ) -> None:
        self._tallies = [Tally(column) for column in columns]
        self._grouping = Grouping()
        self._charting = Charting(TITLE, first_row=HEADER_ROWS + 1, last_row=last_row)
        self._take(iter(responses))

    @property
    def sheet(self) -> Sheet:
        """One row per division, column and group; of a choice, one per option."""
        return Sheet(TITLE, _COLUMNS, self._rows(), key_columns=2)

    def charts(self) -> Iterator[Chart]:
        """The charts over the rows of :attr:`sheet`, which must have been read."""
        return self._charting.charts()

    def _take(self, responses: Iterator[Filled]) -> None:
        """Some at a time, turned over so that each column takes its cells at once."""
        while chunk := list(islice(responses, _CHUNK)):
            self._grouping.add(response.row for response in chunk)
            turned = zip(*(response.cells or [] for response in chunk), strict=True)
            for tally, cells in zip(self._tallies, turned, strict=True):
                tally.extend(cells)

    def _rows(self) -> Iterator[Sequence[Cell]]:
        for division, groups in self._grouping.divisions():
            picked = [(group, picker(group.members)) for group in groups]
            for tally in self._tallies:
                rows = list(_tally_rows(tally, division, picked))
                self._charting.note(tally.column, division, rows=len(rows))
                yield from rows


def _tally_rows(
    tally: Tally, division: str, groups: Sequence[tuple[Group, Pick]]
) -> Iterator[Sequence[Cell]]:
    column = tally.column
    names = (Label(column.key), Label(column.label), Label(column.field.unit), Label(division))
    for group, pick in groups:
        marks = tally.marked(pick)
        counts = (len(group.members), *(marks[mark] for mark in _COUNTED))
        head = (*names, Label(group.name))
        if tally.options:
            answered = marks[Mark.ANSWERED]
            for option, times in tally.chosen(pick).items():
                share = times / answered if answered else None
                yield (*head, Label(option), *counts, times, share, *_NO_NUMBERS)
        else:
            yield (*head, None, *counts, *_NO_CHOICE, *_numbers(tally, pick))


def _numbers(tally: Tally, pick: Pick) -> Sequence[Cell]:
    found = figures(tally.numbers(pick))
    return _NO_NUMBERS if found is None else astuple(found)
