"""Which rows of the sheet 集計 are drawn: one chart per question."""

from collections.abc import Iterator
from dataclasses import dataclass

from onepublic.workbook import Chart
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.groups import NATION, PREFECTURE
from surveys.questionnaire import ValueKind

_LABEL, _GROUP, _OPTION, _CHOSEN, _SUM, _MEAN = "B", "E", "F", "L", "N", "O"


@dataclass(slots=True)
class _Run:
    """Rows one below the other that one chart shows: names in one column, values in another."""

    title: str
    names: str
    values: str
    first: int
    last: int


class Charting:
    """Hears of the rows as they are written, and knows in the end what to draw.

    Of a choice the options in the nation, of a table the sums of its cells in the nation, of any
    other number the means of the prefectures, where there are several.
    """

    def __init__(self, sheet: str, *, first_row: int, last_row: int) -> None:
        self._sheet = sheet
        self._next = first_row
        self._last_row = last_row
        self._runs: dict[str, _Run | None] = {}

    def note(self, column: AnswerColumn, division: str, *, rows: int) -> None:
        """The next ``rows`` of the sheet belong to ``column`` in the groups of ``division``."""
        first, self._next = self._next, self._next + rows
        last = self._next - 1
        table_cell = column.field.column is not None
        key = column.field.question.id if table_cell else column.key
        run = self._runs.setdefault(key, None)
        unit = f"（{column.field.unit}）" if column.field.unit else ""
        if division == NATION and rows > 1:
            title = f"{column.label}　選択した団体の数（全国）"
            self._runs[key] = _Run(title, _OPTION, _CHOSEN, first, last)
        elif column.field.kind is not ValueKind.NUMBER:
            return
        elif division == NATION and table_cell:
            title = f"{column.field.question.label}　合計（全国）"
            begun = run or _Run(title, _LABEL, _SUM, first, last)
            self._runs[key] = begun if begun.last < first - 1 else _longer(begun, last)
        elif division == PREFECTURE and rows > 1 and not table_cell:
            title = f"{column.label}{unit}　都道府県ごとの平均"
            self._runs[key] = _Run(title, _GROUP, _MEAN, first, last)

    def charts(self) -> Iterator[Chart]:
        """In the order of the questions, as far as there is something to compare and it did not
        go to a further sheet.
        """
        for run in self._runs.values():
            if run is not None and run.first < run.last <= self._last_row:
                yield Chart(
                    run.title,
                    self._sheet,
                    f"{run.names}{run.first}:{run.names}{run.last}",
                    f"{run.values}{run.first}:{run.values}{run.last}",
                    bars=run.last - run.first + 1,
                    upright=run.names == _GROUP,
                )


def _longer(run: _Run, last: int) -> _Run:
    """The same with the rows down to ``last``, where they follow without a gap."""
    return _Run(run.title, run.names, run.values, run.first, last)
