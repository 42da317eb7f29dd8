"""The table on a sheet: a row of headings, wherever it stands, and the rows below it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from onepublic.workbook.grids import Grid, GridCell
from surveys.authoring.sheets.cells import word
from surveys.authoring.slips import Slip

_DEEPEST: Final = 20  # people put a title or a note above the headings
_BROKEN: Final = "セルの値がエラー（#REF!など）です。"
_UNKNOWN: Final = "見出し「{name}」は、ありません。「概要」のシートにある見出しを使ってください。"
_TWICE: Final = "見出し「{name}」が、二つあります。"
_NO_HEADING: Final = "見出しのない列に、書込みがあります。"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its cells that are not blank: heading → column and value."""

    sheet: str
    number: int
    cells: Mapping[str, tuple[int, GridCell]]
    columns: Mapping[str, int]

    def slip(self, heading: str, reason: str) -> Slip:
        """Something wrong in the cell under a heading."""
        return Slip(self.sheet, self.number, self.columns.get(heading, 0), reason)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings of a sheet with their columns, and the number of their row."""

    grid: Grid
    columns: Mapping[str, int]
    head: int

    def lines(self) -> Iterator[Line]:
        """The rows in which anything is written under a heading."""
        for number in range(self.head + 1, len(self.grid.rows) + 1):
            cells = {
                name: (column, value)
                for name, column in self.columns.items()
                if (value := _value(self.grid, number, column)) is not None
            }
            if cells:
                yield Line(self.grid.title, number, cells, self.columns)

    def slips(self, known: Collection[str]) -> Iterator[Slip]:
        """Headings that are unknown or stand twice, cells without one, cells that are errors."""
        titles = self.grid.rows[self.head - 1]
        for column, cell in enumerate(titles, 1):
            name = "" if _is_blank(cell) else word(cell)
            if name and name not in known:
                yield Slip(self.grid.title, self.head, column, _UNKNOWN.format(name=name[:30]))
            elif name and self.columns[name] != column:
                yield Slip(self.grid.title, self.head, column, _TWICE.format(name=name))
        named = set(self.columns.values())
        for number, row in enumerate(self.grid.rows[self.head :], self.head + 1):
            for column, cell in enumerate(row, 1):
                is_named = column in named or (
                    column <= len(titles) and not _is_blank(titles[column - 1])
                )
                if not is_named and not _is_blank(cell):
                    yield Slip(self.grid.title, number, column, _NO_HEADING)
        for row_number, column in sorted(self.grid.marks.errors):
            if row_number > self.head:
                yield Slip(self.grid.title, row_number, column, _BROKEN)


def find_table(grid: Grid, wanted: Collection[str]) -> Table | None:
    """The table of which all ``wanted`` headings stand in one row near the top; None else."""
    for number, row in enumerate(grid.rows[:_DEEPEST], 1):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row, 1):
            if not _is_blank(cell):
                columns.setdefault(word(cell), column)
        if set(wanted) <= columns.keys():
            return Table(grid, columns, number)
    return None


def _value(grid: Grid, row: int, column: int) -> GridCell:
    """A cell; 12 % is 12 to a person, and 0.12 to a sheet."""
    value = grid.cell(row, column)
    if _is_blank(value):
        return None
    is_percent = (row, column) in grid.marks.percents
    if is_percent and isinstance(value, int | float) and not isinstance(value, bool):
        return round(value * 100, 10)
    return value


def _is_blank(cell: GridCell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
