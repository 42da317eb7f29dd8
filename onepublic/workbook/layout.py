"""The XML of a worksheet around its rows, in the order of elements that Excel demands."""

from collections.abc import Iterable, Sequence

from onepublic.workbook import styles
from onepublic.workbook.cells import ENCODERS, EXACT_INTEGER, CellStyles
from onepublic.workbook.sheets import Cell, Column
from onepublic.workbook.text import text_xml

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
)
_FORMAT = '<sheetFormatPr defaultRowHeight="18.75"/>'
_MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
_FOOTER = "<headerFooter><oddFooter>&amp;C&amp;A　&amp;P / &amp;N</oddFooter></headerFooter>"


def column_letters(number: int) -> str:
    """The name of the column with this number, counted from 1: 28 → AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def page_setup(orientation: str) -> str:
    """What follows a sheet's rows and filter: A4, as wide as the paper, pages numbered."""
    page = f'<pageSetup paperSize="9" orientation="{orientation}" fitToWidth="1" fitToHeight="0"/>'
    return _MARGINS + page + _FOOTER


def sheet_head(view: str, widths: Iterable[tuple[float, int]]) -> str:
    """Everything before the rows; `widths` are (characters, style number) per column."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" style="{style}" customWidth="1"/>'
        for n, (width, style) in enumerate(widths, 1)
    )
    views = f"<sheetViews>{view}</sheetViews>"
    return f"{_OPEN}{views}{_FORMAT}<cols>{columns}</cols><sheetData>"


def text_cell(address: str, text: str, style: int) -> str:
    """A cell with text in a style of its own; the style shows when the text is empty too."""
    if not text:
        return f'<c r="{address}" s="{style}"/>'
    return f'<c r="{address}" s="{style}" t="inlineStr"><is>{text_xml(text)}</is></c>'


class TableLayout:
    """How the rows of one table become XML, and what frames them."""

    def __init__(self, columns: Sequence[Column], key_columns: int, filtered: bool) -> None:
        self.header_rows = len(columns[0].headers)
        self.key_columns = key_columns
        self._columns = columns
        self._filtered = filtered and self.header_rows > 0
        self._last = column_letters(len(columns))
        self._cells = [
            (f'<c r="{column_letters(n)}', CellStyles.of(column.format))
            for n, column in enumerate(columns, 1)
        ]

    def head(self, *, selected: bool) -> str:
        """Everything before the data, header rows included."""
        tab = ' tabSelected="1"' if selected else ""
        view = f'<sheetView{tab} workbookViewId="0">{self._pane()}</sheetView>'
        widths = ((c.width, styles.COLUMN_STYLE.get(c.format, 0)) for c in self._columns)
        return sheet_head(view, widths) + "".join(map(self._header, range(self.header_rows)))

    def row(self, number: int, cells: Sequence[Cell]) -> str:
        """One row of data; None and "" leave their cell blank, 0 and False don't."""
        parts = [
            # Most cells are whole numbers: a call less for each of them.
            f'{start}{number}"{column.number}><v>{value}</v></c>'
            if type(value) is int and -EXACT_INTEGER < value < EXACT_INTEGER
            else f'{start}{number}"{ENCODERS[type(value)](value, column)}'
            for (start, column), value in zip(self._cells, cells, strict=True)
            if value is not None and value != ""
        ]
        return f'<row r="{number}">{"".join(parts)}</row>'

    def tail(self, last_row: int) -> str:
        """Everything after the last row: filter, print setup, no warnings about codes."""
        area = self.filter_area(last_row)
        auto_filter = f'<autoFilter ref="{area}"/>' if area else ""
        codes = (
            f'<ignoredErrors><ignoredError sqref="A1:{self._last}{max(last_row, 1)}"'
            ' numberStoredAsText="1"/></ignoredErrors>'
        )
        return f"</sheetData>{auto_filter}{page_setup('landscape')}{codes}</worksheet>"

    def filter_area(self, last_row: int, fixed: str = "") -> str:
        """The filtered cells as A2:C9, or with `fixed` "$" as $A$2:$C$9; "" if unfiltered."""
        if not self._filtered:
            return ""
        return f"{fixed}A{fixed}{self.header_rows}:{fixed}{self._last}{fixed}{last_row}"

    def _header(self, index: int) -> str:
        number = index + 1
        cells = (
            text_cell(f"{column_letters(n)}{number}", column.headers[index], styles.HEADER)
            for n, column in enumerate(self._columns, 1)
        )
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _pane(self) -> str:
        """The frozen part: header rows above, key columns at the left."""
        across, down = self.key_columns, self.header_rows
        if not across and not down:
            return ""
        name = ("bottom" if down else "top") + ("Right" if across else "Left")
        splits = (f' xSplit="{across}"' if across else "") + (f' ySplit="{down}"' if down else "")
        corner = f"{column_letters(across + 1)}{down + 1}"
        return (
            f'<pane{splits} topLeftCell="{corner}" activePane="{name}" state="frozen"/>'
            f'<selection pane="{name}" activeCell="{corner}" sqref="{corner}"/>'
        )
