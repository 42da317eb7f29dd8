"""Written workbooks, opened again by two readers that share no code with the writer."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from onepublic.workbook import Cell, Column, Page, Sheet, SheetLimits, write_workbook


def written(*pages: Page, limits: SheetLimits | None = None) -> BytesIO:
    stream = BytesIO()
    write_workbook(stream, pages, limits=limits or SheetLimits())
    stream.seek(0)
    return stream


def table(rows: Iterable[Sequence[Cell]], width: int = 1, **options: Any) -> Sheet:
    """A table with one header row h1, h2, …"""
    columns = [Column((f"h{number}",)) for number in range(1, width + 1)]
    return Sheet("回答一覧", columns, rows, **options)


def opened(*pages: Page, limits: SheetLimits | None = None) -> Any:
    """The workbook as openpyxl reads it, whose stubs make every step optional."""
    return load_workbook(written(*pages, limits=limits))


def by_openpyxl(stream: BytesIO) -> list[tuple[Any, ...]]:
    """The values below the header row; no cell of it may be a formula or a link."""
    stream.seek(0)
    sheet = load_workbook(stream).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    return list(sheet.iter_rows(min_row=2, values_only=True))


def by_calamine(stream: BytesIO) -> list[tuple[Any, ...]]:
    """The same by calamine, whose "" for a blank cell becomes None."""
    stream.seek(0)
    sheet = CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    return [tuple(None if value == "" else value for value in row) for row in rows[1:]]
