"""Cells and texts as openpyxl writes them: shown as they are by Excel, LibreOffice, our reader."""

import re
from typing import Final

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from onepublic.workbook.text import fit_text, visible_text

_LOOKALIKE: Final = re.compile(r"_(?=[xX][0-9A-Fa-f]{4}_)")
_FORMULA_STARTS: Final = tuple("=+-@\t＝＋－＠")


def cell_at(worksheet: Worksheet, row: int, column: int) -> Cell:
    """The cell there; never one that openpyxl hides behind a merged one, as we merge otherwise."""
    cell = worksheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{row}, {column}")
    return cell


def put_text(cell: Cell, text: str) -> None:
    """Set the text of a cell; it is never a formula, nor becomes one when it is edited."""
    cell.value = cell_text(text)
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def cell_text(text: str) -> str:
    """The text with what no sheet can hold made visible, at most 32,767 characters.

    Programs decode _x0041_ to A; _x005F_ is how the underscore before it is written.
    """
    return _LOOKALIKE.sub("_x005F_", fit_text(visible_text(text)))
