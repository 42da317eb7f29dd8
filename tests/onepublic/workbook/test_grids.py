"""Whole workbooks from outside: what is in them, and what is refused."""

import io
from collections.abc import Callable
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from onepublic.workbook import AdmissionLimits, WorkbookRefused
from onepublic.workbook.grids import Grid, read_grids
from onepublic.workbook.marks import Misplaced, find_marks, position

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def grids(fill: Callable[[Workbook], object], change: Callable[[str], str] = str) -> list[Grid]:
    """The sheets of a workbook that openpyxl wrote, its sheets' XML changed."""
    return read_grids(io.BytesIO(saved(fill, change)))


def saved(fill: Callable[[Workbook], object], change: Callable[[str], str] = str) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    written, target = io.BytesIO(), io.BytesIO()
    book.save(written)
    with ZipFile(written) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            is_sheet = name.startswith("xl/worksheets/")
            new.writestr(name, change(content.decode()) if is_sheet else content)
    return target.getvalue()


def fill_first(book: Workbook) -> None:
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B2"], sheet["C3"] = "甲", 12, date(2026, 11, 23)
    sheet["C3"].number_format = '[$-411]ggge"年"m"月"d"日"'
    sheet["D4"], sheet["D5"] = 0.125, "=1/0"
    sheet["D4"].number_format = "0.0%"
    book.create_sheet("隠し").sheet_state = "veryHidden"


def test_sheets_cells_and_marks() -> None:
    first, hidden = grids(fill_first)

    assert (first.title, hidden.title) == ("Sheet", "隠し")
    assert [first.cell(1, 1), first.cell(2, 2), first.cell(3, 3), first.cell(4, 4)] == [
        "甲",
        12.0,
        date(2026, 11, 23),
        0.125,
    ]
    assert [first.cell(1, 2), first.cell(9, 9), hidden.cell(1, 1)] == [None, None, None]
    assert (first.marks.percents, first.marks.formulas) == ({(4, 4)}, {(5, 4)})
    assert (first.marks.rows, first.marks.columns) == (5, 4)


def test_an_error_is_marked() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0]["B2"] = "#REF!"
        book.worksheets[0]["B2"].data_type = "e"

    [grid] = grids(fill)

    assert (grid.cell(2, 2), grid.marks.errors) == (None, {(2, 2)})


def test_a_quoted_per_cent_sign_is_a_unit() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0]["A1"], book.worksheets[0]["A1"].number_format = 12.5, '0.0"%"'

    [grid] = grids(fill)

    assert grid.marks.percents == set()


def test_a_lone_cell_in_the_far_corner_is_too_large_to_hold() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0]["XFD1048576"] = 1

    with pytest.raises(WorkbookRefused, match="大きすぎる"):
        grids(fill)


@pytest.mark.parametrize("reference", ["A99999999", "AAAA1", "1", "A", "Ａ1", "A-1", "A1１"])
def test_an_address_that_no_sheet_has_is_refused(reference: str) -> None:
    with pytest.raises(Misplaced):
        position(reference)
    with pytest.raises(WorkbookRefused):
        grids(fill_first, lambda xml: xml.replace('r="A1"', f'r="{reference}"'))


@pytest.mark.parametrize("broken", ["", "<worksheet>", "<a/><b/>", "甲"])
def test_a_sheet_that_is_no_xml_is_refused(broken: str) -> None:
    with pytest.raises(WorkbookRefused):
        grids(fill_first, lambda xml: broken)


def test_cells_without_addresses_are_counted() -> None:
    xml = f'{SHEET}<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row r="5"><c/></row>'

    marks = find_marks(io.BytesIO(f"{xml}</sheetData></worksheet>".encode()), frozenset())

    assert (marks.errors, marks.rows, marks.columns) == ({(1, 2)}, 1, 2)


def test_another_programs_prefix_changes_nothing() -> None:
    xml = '<x:worksheet xmlns:x="m"><x:row r="2"><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c></x:row>'

    marks = find_marks(io.BytesIO(f"{xml}</x:worksheet>".encode()), frozenset())

    assert marks.errors == {(2, 2)}


def test_libreoffices_own_form_is_refused_with_what_to_do() -> None:
    book = io.BytesIO()
    with ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    with pytest.raises(WorkbookRefused, match=r"「Excel 2007-365（.xlsx）」を選び"):
        read_grids(book)


def test_limits_are_those_that_are_given() -> None:
    with pytest.raises(WorkbookRefused, match="大きすぎる"):
        read_grids(io.BytesIO(saved(fill_first)), limits=AdmissionLimits(cells=10))
