"""Reading a workbook with two programs that know nothing of each other."""

import io
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
from python_calamine import CalamineWorkbook


def by_openpyxl(workbook: bytes, sheet: str) -> list[list[object]]:
    """The rows of a sheet; None where blank."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [list(map(_plain, row)) for row in book[sheet].iter_rows(values_only=True)]


def by_calamine(workbook: bytes, sheet: str) -> list[list[object]]:
    """The same; calamine gives an empty text where a cell is blank."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[None if cell == "" else _plain(cell) for cell in row] for row in rows]


def formulas(workbook: bytes) -> Iterator[str]:
    """Every cell that would be calculated."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (f"{sheet.title}!{cell.coordinate}" for cell in row if cell.data_type == "f")


def answers_of(rows: list[list[object]], code: str) -> dict[str, object]:
    """One organization's row by the ids of the columns, which stand in the first row."""
    ids = [str(name) for name in rows[0]]
    [row] = [row for row in rows if row[ids.index("#code")] == code]
    return dict(zip(ids, row, strict=True))


def _plain(cell: object) -> object:
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date()
    return cell if isinstance(cell, date | str | int | float) else None
