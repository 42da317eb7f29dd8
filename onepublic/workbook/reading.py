"""Reading an uploaded workbook, row by row."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as ZlibError

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from onepublic.workbook.admission import (
    NOT_A_WORKBOOK,
    TOO_LARGE,
    AdmissionLimits,
    WorkbookRefused,
    admit,
)
from onepublic.workbook.sheets import Cell, SheetLimits

_NO_SUCH_SHEET = "シート「{title}」が見つかりません。シート名を変更していないかご確認ください。"
_MOST_ROWS = SheetLimits().rows
_LIMITS = AdmissionLimits()
# what openpyxl raises on parts that are broken, missing or contradict each other
_BROKEN = (
    BadZipFile, ZlibError, ParseError, DefusedXmlException, InvalidFileException,
    ArithmeticError, AttributeError, EOFError, LookupError, TypeError, ValueError,
)  # fmt: skip


def read_rows(
    source: Path | BinaryIO, sheet: str | None = None, *, limits: AdmissionLimits = _LIMITS
) -> Iterator[list[Cell]]:
    """The rows of the sheet with this title, or of the first one, from the top.

    Blank cells are None, a row ends with its last filled cell, the sheet with its last
    filled row, and a blank row between is []. A formula gives the value that was stored
    with it, a time or duration its text. A stream must be seekable and stays open.

    Raises WorkbookRefused, for checks on the whole file at once, for broken cells on the
    way.
    """
    with ExitStack() as stack:
        stream = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        admit(stream, limits)
        book = _opened(stream)
        stack.callback(book.close)
        worksheet = _worksheet(book, sheet)
        kept = stack.pop_all()
    return _rows(worksheet, kept, limits)


def _opened(stream: BinaryIO) -> Workbook:
    try:
        return load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as error:
        raise WorkbookRefused(NOT_A_WORKBOOK) from error


def _worksheet(book: Workbook, title: str | None) -> Any:
    """The sheet as openpyxl's read-only type, which its stubs don't tell apart."""
    if not book.worksheets:
        raise WorkbookRefused(NOT_A_WORKBOOK)
    found = [each for each in book.worksheets if title in (None, each.title)]
    if not found:
        raise WorkbookRefused(_NO_SUCH_SHEET.format(title=title))
    return found[0]


def _rows(worksheet: Any, resources: ExitStack, limits: AdmissionLimits) -> Iterator[list[Cell]]:
    with resources:
        worksheet.reset_dimensions()  # the stated size may be wrong, even absurdly large
        blank_rows = 0
        try:
            for row in _bounded(worksheet.iter_rows(), limits):
                cells = _trimmed(row)
                if not cells:
                    blank_rows += 1
                    continue
                yield from ([] for _ in range(blank_rows))
                blank_rows = 0
                yield cells
        except _BROKEN as error:
            raise WorkbookRefused(NOT_A_WORKBOOK) from error


def _bounded(rows: Iterable[Any], limits: AdmissionLimits) -> Iterator[Any]:
    """The same rows; a lone cell in a far corner counts as all the blanks before it."""
    cells = 0
    for number, row in enumerate(rows, 1):
        cells += len(row)
        if number > _MOST_ROWS or cells > limits.cells:
            raise WorkbookRefused(TOO_LARGE)
        yield row


def _trimmed(row: Iterable[Any]) -> list[Cell]:
    values = [_value(cell) for cell in row]
    while values and values[-1] is None:
        values.pop()
    return values


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value if "h" in cell.number_format.lower() else value.date()
    return value if isinstance(value, str | int | float | bool) else str(value)
