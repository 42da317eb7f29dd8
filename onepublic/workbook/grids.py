"""A whole uploaded workbook, sheet by sheet, for sheets that people fill in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO, Final, TypeAlias
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from onepublic.workbook.admission import (
    BROKEN,
    NOT_A_WORKBOOK,
    TOO_LARGE,
    AdmissionLimits,
    WorkbookRefused,
    admit,
)
from onepublic.workbook.marks import Marks, find_marks
from onepublic.workbook.parts import percent_styles, sheet_parts

GridCell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
_LIMITS: Final = AdmissionLimits(
    members=500, unpacked_bytes=40 * 1024 * 1024, ratio_from_bytes=1024 * 1024, cells=1_000_000
)


@dataclass(frozen=True, slots=True)
class Grid:
    """One worksheet. A formula gives its last value, an error nothing."""

    title: str
    rows: Sequence[Sequence[GridCell]]
    marks: Marks

    def cell(self, row: int, column: int) -> GridCell:
        """The value at a row and column counted from 1; None where it is blank."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        value = self.rows[row - 1][column - 1]
        return None if value == "" else value


def read_grids(source: BinaryIO, *, limits: AdmissionLimits = _LIMITS) -> list[Grid]:
    """All worksheets of an .xlsx, hidden ones too, in their order. The stream must be seekable.

    Raises WorkbookRefused for what isn't a harmless workbook of bounded size: sizes are known
    before anything is held in memory as a table.
    """
    admit(source, limits)
    try:
        with ZipFile(source) as archive:
            styles = percent_styles(archive)
            marks = {
                title: _marks(archive, part, styles) for title, part in sheet_parts(archive).items()
            }
    except (*BROKEN, AttributeError) as error:
        raise WorkbookRefused(NOT_A_WORKBOOK) from error
    if sum(found.rows * found.columns for found in marks.values()) > limits.cells:
        raise WorkbookRefused(TOO_LARGE)
    source.seek(0)
    return _read(source, marks)


def _marks(archive: ZipFile, part: str, styles: frozenset[str]) -> Marks:
    with archive.open(part) as stream:
        return find_marks(stream, styles)


def _read(source: BinaryIO, marks: dict[str, Marks]) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(source)
        return [
            Grid(
                title,
                book.get_sheet_by_name(title).to_python(skip_empty_area=False),
                marks[title],
            )
            for title in book.sheet_names
            if title in marks
        ]
    except CalamineError as error:
        raise WorkbookRefused(NOT_A_WORKBOOK) from error
    except BaseException as error:
        # A panic of the library is no Exception, and not importable.
        if type(error).__name__ != "PanicException":
            raise
        raise WorkbookRefused(NOT_A_WORKBOOK) from error
