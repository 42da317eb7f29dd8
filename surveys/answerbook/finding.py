"""Finding the cells of a workbook again, wherever rows, columns and sheets were moved to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from onepublic.workbook.grids import Grid, GridCell
from onepublic.workbook.marks import Position
from surveys.answerbook.codes import SHEET_MARK, Codes, NotOurs


@dataclass(frozen=True, slots=True)
class SectionGrid:
    """A sheet of questions: where the numbered rows and columns are now."""

    grid: Grid
    rows: Mapping[int, Sequence[int]]
    columns: Mapping[int, Sequence[int]]

    def positions(self, row: int, column: int) -> list[Position]:
        """Where the cell of a numbered row and column stands: once, nowhere, or several times."""
        rows, columns = self.rows.get(row, ()), self.columns.get(column, ())
        return [(each, beside) for each in rows for beside in columns]

    @property
    def words(self) -> str:
        """The sheet as an officer looks for it: 「体制」シート."""
        return f"「{self.grid.title}」シート"

    def place(self, position: Position) -> str:
        """A cell as an officer looks for it: 「体制」シート C12."""
        row, column = position
        return f"{self.words} {get_column_letter(column)}{row}"

    def added_rows(self) -> Iterator[int]:
        """Rows without a number of ours in which something stands, beside our columns."""
        ours = {row for found in self.rows.values() for row in found}
        columns = [column for found in self.columns.values() for column in found]
        for row in range(2, len(self.grid.rows) + 1):
            if row not in ours and any(self.grid.cell(row, c) is not None for c in columns):
                yield row


def find_codes(grids: Iterable[Grid]) -> Codes:
    """What the hidden sheet says, by whatever name it goes now. Raises NotOurs."""
    for grid in grids:
        first = grid.cell(1, 1)
        if isinstance(first, str) and first.startswith("{"):
            return Codes.from_cells(grid.cell(row, 1) for row in range(1, len(grid.rows) + 1))
    raise NotOurs


def find_sections(grids: Iterable[Grid]) -> dict[int, list[SectionGrid]]:
    """The sheets of questions by their numbers; more than one where a sheet was copied."""
    found: dict[int, list[SectionGrid]] = {}
    for grid in grids:
        mark = grid.cell(1, 1)
        number = mark.removeprefix(SHEET_MARK) if isinstance(mark, str) else ""
        if number != mark and number.isascii() and number.isdigit() and len(number) < 5:
            found.setdefault(int(number), []).append(_section(grid))
    return found


def _section(grid: Grid) -> SectionGrid:
    rows = _numbered((row, grid.cell(row, 1)) for row in range(2, len(grid.rows) + 1))
    columns = _numbered(enumerate(grid.rows[0][1:], 2))
    return SectionGrid(grid, rows, columns)


def _numbered(cells: Iterable[tuple[int, GridCell]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, number in cells:
        if isinstance(number, int | float) and number == int(number):
            found.setdefault(int(number), []).append(place)
    return found
