"""Lines become cells of an openpyxl sheet: merged, styled, protected, checked, printed well."""

from collections.abc import Iterator, Mapping
from typing import Final

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from surveys.answerbook.cells import Content
from surveys.answerbook.codes import SHEET_MARK
from surveys.answerbook.formulas import NotInSheet, calculation, total
from surveys.answerbook.layout import TOP, Address, SectionSheet
from surveys.answerbook.lines import (
    ANSWER_WIDTH,
    CODE,
    NUMBER,
    WIDTHS,
    Box,
    Calculation,
    Line,
    Total,
    right_edge,
)
from surveys.answerbook.putting import cell_at, put_text
from surveys.answerbook.validation import Validations

_LATER: Final = "（読込み後に計算）"
_MARGIN: Final = 0.4  # inches


def draw_section(
    book: Workbook,
    sheet: SectionSheet,
    addresses: Mapping[str, Address],
    validations: Validations,
) -> None:
    """Add the sheet of a section to the workbook."""
    worksheet: Worksheet = book.create_sheet(sheet.title)
    last = right_edge(sheet.lines)
    _number_columns(worksheet, f"{SHEET_MARK}{sheet.number}", last)
    for row, each in enumerate(sheet.lines, TOP):
        worksheet.cell(row, CODE, row)
        draw_line(worksheet, row, each, addresses)
    validations.apply(worksheet, _checked(sheet))
    worksheet.freeze_panes = f"A{TOP + 1}"
    set_up(worksheet, last)


def _checked(sheet: SectionSheet) -> Iterator[tuple[str, Box]]:
    for row, each in enumerate(sheet.lines, TOP):
        for box in each.boxes:
            if box.check is not None:
                yield f"{get_column_letter(box.column)}{row}", box


def _number_columns(worksheet: Worksheet, mark: str, last: int) -> None:
    worksheet.cell(1, CODE, mark)
    for column in range(NUMBER, last + 1):
        worksheet.cell(1, column, column)


def draw_line(worksheet: Worksheet, row: int, line: Line, addresses: Mapping[str, Address]) -> None:
    """Fill one row."""
    worksheet.row_dimensions[row].height = line.height
    for box in line.boxes:
        for column in range(box.column, box.column + box.span):
            _dress(cell_at(worksheet, row, column), box)
        if box.span > 1:
            merge(worksheet, row, box.column, box.span)
        cell = cell_at(worksheet, row, box.column)
        if box.formula is None:
            put(cell, box.content)
        else:
            _calculate(cell, box.formula, addresses)
        if box.link:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=box.link)


def merge(worksheet: Worksheet, row: int, column: int, span: int) -> None:
    """Merge cells of a row. ``merge_cells`` compares with all merged before: quadratic."""
    area = CellRange(min_col=column, max_col=column + span - 1, min_row=row, max_row=row)
    worksheet.merged_cells.ranges.add(area)


def _dress(cell: Cell, box: Box) -> None:
    cell.style = str(box.look)
    if box.format != "General":
        cell.number_format = box.format


def put(cell: Cell, content: Content) -> None:
    """Set the content; a text is never a formula, nor becomes one when it is edited."""
    if isinstance(content, str):
        put_text(cell, content)
    else:
        cell.value = content


def _calculate(cell: Cell, formula: Total | Calculation, addresses: Mapping[str, Address]) -> None:
    try:
        match formula:
            case Total(keys):
                cell.value = total(keys, addresses)
            case Calculation(answer):
                cell.value = calculation(answer, addresses)
    except NotInSheet:
        put_text(cell, _LATER)


def set_up(worksheet: Worksheet, last: int) -> None:
    """Hide the codes, set widths, protect without a password, print on A4 as wide as the paper."""
    for column in range(NUMBER, last + 1):
        width = WIDTHS.get(column, ANSWER_WIDTH)
        worksheet.column_dimensions[get_column_letter(column)].width = width
    worksheet.row_dimensions[1].hidden = True
    worksheet.column_dimensions[get_column_letter(CODE)].hidden = True
    worksheet.protection.sheet = True
    worksheet.protection.formatColumns = False  # allowed: to make a column wider
    worksheet.protection.formatRows = False
    worksheet.sheet_view.showGridLines = False
    worksheet.page_setup.paperSize = 9
    worksheet.page_setup.orientation = "landscape" if last > 8 else "portrait"
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_title_rows = f"{TOP}:{TOP}"
    worksheet.print_area = f"B{TOP}:{get_column_letter(last)}{worksheet.max_row}"
    margins = worksheet.page_margins
    margins.left = margins.right = _MARGIN
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
    if (odd := worksheet.oddFooter) and (footer := odd.center):
        footer.text = "&A　&P / &N"
