"""The XML of an overview page: a heading, then sections of labelled values."""

from collections.abc import Iterator
from itertools import count

from onepublic.workbook import styles
from onepublic.workbook.cells import CellStyles, cell_xml
from onepublic.workbook.layout import page_setup, sheet_head, text_cell
from onepublic.workbook.sheets import Cell, Format, Overview, Section

_LABEL_WIDTH, _VALUE_WIDTH = 32, 72
_VALUE = CellStyles.of(Format.LONG_TEXT)


def overview_xml(page: Overview, *, selected: bool) -> str:
    """The whole worksheet; it is small, so it is made at once."""
    tab = ' tabSelected="1"' if selected else ""
    view = f'<sheetView{tab} showGridLines="0" workbookViewId="0"/>'
    head = sheet_head(view, [(_LABEL_WIDTH, 0), (_VALUE_WIDTH, 0)])
    rows = "".join(_rows(page))
    return f"{head}{rows}</sheetData>{page_setup('portrait')}</worksheet>"


def _rows(page: Overview) -> Iterator[str]:
    numbers = count(1)
    yield _heading(next(numbers), page.heading, styles.HEADING)
    for section in page.sections:
        next(numbers)  # a blank row above each section
        yield from _section(section, numbers)


def _section(section: Section, numbers: Iterator[int]) -> Iterator[str]:
    if section.heading:
        yield _heading(next(numbers), section.heading, styles.SECTION)
    for label, value in section.entries:
        number = next(numbers)
        label_cell = text_cell(f"A{number}", label, styles.HEADER)
        yield f'<row r="{number}">{label_cell}{_value(number, value)}</row>'


def _heading(number: int, text: str, style: int) -> str:
    return f'<row r="{number}">{text_cell(f"A{number}", text, style)}</row>'


def _value(number: int, value: Cell) -> str:
    if value is None or value == "":
        return ""
    return f'<c r="B{number}"{cell_xml(value, _VALUE)}'
