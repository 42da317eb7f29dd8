"""Workbooks of questionnaires: written, changed as a person would, and read."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from onepublic.workbook.grids import read_grids
from surveys.authoring.sheets import read_sheets, write_sheets
from surveys.authoring.sheets.columns import HEADINGS, ROW
from surveys.authoring.slips import SheetsRefused
from surveys.questionnaire import parse_questionnaire
from tests.surveys.questionnaire.building import Json

COLUMNS = (ROW, *HEADINGS)


def book_of(document: Json, change: Callable[[Workbook], None] | None = None) -> bytes:
    """The workbook of a questionnaire, after ``change`` was made to it."""
    target = BytesIO()
    write_sheets(target, document, "見本")
    if change is None:
        return target.getvalue()
    book = load_workbook(target)
    change(book)
    changed = BytesIO()
    book.save(changed)
    return changed.getvalue()


def read(content: bytes, draft: Json | None = None) -> Json:
    return read_sheets(read_grids(BytesIO(content)), draft or {"sections": [], "rules": []})


def meaning(document: Json) -> tuple[object, object]:
    """What a questionnaire says, however its keys are ordered and its defaults are spelt."""
    parsed = parse_questionnaire(document)
    return parsed.sections, parsed.rules


def refusals(content: bytes) -> list[str]:
    """What is wrong, as "place：reason" lines."""
    with pytest.raises(SheetsRefused) as refused:
        read(content)
    return list(map(str, refused.value.slips))


def put(sheet: Worksheet, row: int, **cells: str | float | date) -> None:
    """Write into the cells under these headings."""
    for heading, value in cells.items():
        sheet.cell(row, COLUMNS.index(heading) + 1, value)


def insert(sheet: Worksheet, row: int, **cells: str | float | date) -> None:
    """The same into a new row."""
    sheet.insert_rows(row)
    put(sheet, row, **cells)
