"""The look of the sheets: questions stand out, parts below them, lists to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from onepublic.workbook.styles import FONT
from surveys.answerbook.putting import cell_at, put_text
from surveys.authoring.catalogue import TYPE_LABELS
from surveys.authoring.sheets.cells import (
    ERROR,
    FLAG,
    NECESSITY,
    NO,
    OPTIONAL,
    REQUIRED,
    TOTAL_WORDS,
    TOTALS,
    TYPE,
    WARNING,
    YES,
    Form,
)
from surveys.authoring.sheets.columns import (
    HEADINGS,
    LABEL,
    QUESTION,
    ROW,
    ROWS,
    SECTION,
    Heading,
)
from surveys.authoring.sheets.rules import LEVEL_HEADING, RULE_HEADINGS

Cells = Mapping[str, str | int | float]

_ROWS_MORE: Final = 500  # how far below the last row the lists reach
_LINE: Final = Side("thin", "FF949494")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD: Final = PatternFill("solid", "FFE8F1FE")
_STRIP: Final = PatternFill("solid", "FFF0F0F0")
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_INDENTED: Final = Alignment(vertical="top", wrap_text=True, indent=2)
_PLAIN, _BOLD = Font(FONT, 10.5), Font(FONT, 10.5, bold=True)
_LISTS: Final[Sequence[tuple[Form, Iterable[str]]]] = (
    (TYPE, TYPE_LABELS.values()),
    (NECESSITY, (REQUIRED, OPTIONAL)),
    (FLAG, (YES, NO)),
    (TOTALS, TOTAL_WORDS),
)


def draw_section(sheet: Worksheet, headings: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    """Draw the headings and the rows of a section; a line is its kind and its cells by heading."""
    _draw_head(sheet, headings, {ROW: 12, **_widths(HEADINGS)})
    for number, (row, cells) in enumerate(lines, 2):
        _draw_row(sheet, number, headings, {ROW: row, **cells})
        _mark(sheet, number, headings, row)
    _offer(sheet, headings.index(ROW) + 1, ROWS, len(lines))
    for form, words in _LISTS:
        for place, heading in enumerate(headings, 1):
            if heading in HEADINGS and HEADINGS[heading].form is form:
                _offer(sheet, place, words, len(lines))
    sheet.freeze_panes = cell_at(sheet, 2, headings.index(LABEL) + 2)


def draw_rules(sheet: Worksheet, rules: Sequence[Cells]) -> None:
    """Draw the sheet of the rules; each is its cells by heading."""
    headings = tuple(RULE_HEADINGS)
    _draw_head(sheet, headings, _widths(RULE_HEADINGS))
    for number, cells in enumerate(rules, 2):
        _draw_row(sheet, number, headings, cells)
    _offer(sheet, headings.index(LEVEL_HEADING) + 1, (ERROR, WARNING), len(rules))
    sheet.freeze_panes = "A2"


def _widths(headings: Mapping[str, Heading]) -> dict[str, int]:
    return {name: heading.width for name, heading in headings.items()}


def _draw_head(sheet: Worksheet, headings: Sequence[str], widths: Mapping[str, int]) -> None:
    for place, heading in enumerate(headings, 1):
        cell = cell_at(sheet, 1, place)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _BOX, _WRAPPED
        put_text(cell, heading)
        sheet.column_dimensions[get_column_letter(place)].width = widths[heading]
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _draw_row(sheet: Worksheet, number: int, headings: Sequence[str], cells: Cells) -> None:
    for place, heading in enumerate(headings, 1):
        if heading not in cells:
            continue
        cell, value = cell_at(sheet, number, place), cells[heading]
        cell.font, cell.alignment = _PLAIN, _WRAPPED
        if isinstance(value, str):
            cell.number_format = "@"
            put_text(cell, value)
        else:
            cell.value = value


def _mark(sheet: Worksheet, number: int, headings: Sequence[str], row: str) -> None:
    """Questions and sections as strips, their parts set in."""
    label = cell_at(sheet, number, headings.index(LABEL) + 1)
    if row not in (SECTION, QUESTION):
        label.alignment = _INDENTED
        return
    for place in range(1, len(headings) + 1):
        cell = cell_at(sheet, number, place)
        cell.fill = _HEAD if row == SECTION else _STRIP
    label.font = _BOLD


def _offer(sheet: Worksheet, column: int, words: Iterable[str], rows: int) -> None:
    letter = get_column_letter(column)
    sheet.add_data_validation(
        DataValidation(
            type="list",
            formula1=f'"{",".join(words)}"',
            allow_blank=True,
            sqref=f"{letter}2:{letter}{rows + _ROWS_MORE}",
            showErrorMessage=True,
            errorTitle="入力内容をご確認ください",
            error="一覧から選んでください。",
        )
    )
