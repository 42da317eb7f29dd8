"""One's own workbook, filled: under a header row of ids, or into named cells.

A header row is the first row of a sheet that holds two or more ids of columns (#code, q1, q5.a.m);
every organization gets a row below it. Names of cells make a form of one organization: each that
answered gets a copy. Excel takes no "#" in a name, so that a name may begin with "_": _code, _q1.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from onepublic.workbook import Cell
from onepublic.workbook.text import fit_text, visible_text

_JST: Final = ZoneInfo("Asia/Tokyo")
_LEAST_IDS: Final = 2
_SEARCHED_ROWS: Final = 50
_SEARCHED_COLUMNS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a sheet is filled: the row below which, and the id of each column."""

    sheet: str
    row: int
    columns: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Template:
    """What was found in a workbook; both may be empty."""

    headings: Sequence[Heading]
    names: Mapping[str, tuple[str, str]]

    @property
    def is_form(self) -> bool:
        """Whether each organization gets a copy of its own."""
        return bool(self.names) and not self.headings


def template_of(stream: BinaryIO, keys: Collection[str]) -> Template:
    """Look for ids among ``keys`` in an .xlsx that was checked before."""
    book = load_workbook(stream)
    headings = [found for sheet in book.worksheets if (found := _heading(sheet, keys))]
    return Template(headings, _names(book, keys))


def fill_rows(
    template: BinaryIO, found: Template, rows: Iterable[Mapping[str, Cell]], target: BinaryIO
) -> None:
    """Write the rows, each by id, below every heading, in the look of the row below it."""
    book = load_workbook(template)
    for number, values in enumerate(rows, 1):
        for heading in found.headings:
            sheet = book[heading.sheet]
            for column, key in heading.columns.items():
                cell: Any = sheet.cell(heading.row + number, column)
                if number > 1:
                    first: Any = sheet.cell(heading.row + 1, column)
                    cell._style = copy(first._style)
                _put(cell, values.get(key))
    book.save(target)


def fill_form(
    template: BinaryIO, found: Template, values: Mapping[str, Cell], target: BinaryIO
) -> None:
    """Write the values of one organization into the named cells."""
    template.seek(0)
    book = load_workbook(template)
    for key, (sheet, address) in found.names.items():
        _put(book[sheet][address], values.get(key))
    book.save(target)


def _put(cell: Any, value: Cell) -> None:
    """Text stays text: openpyxl takes what begins with "=" for a formula unless it is told."""
    if isinstance(value, str):
        cell.value = fit_text(visible_text(value))
        cell.data_type = "s"
    elif isinstance(value, datetime) and value.tzinfo:
        cell.value = value.astimezone(_JST).replace(tzinfo=None)
    else:
        cell.value = value


def _heading(sheet: Worksheet, keys: Collection[str]) -> Heading | None:
    # openpyxl makes every cell up to these limits, of a sheet that ends before them, too
    last_row = min(sheet.max_row, _SEARCHED_ROWS)
    last_column = min(sheet.max_column, _SEARCHED_COLUMNS)
    rows = sheet.iter_rows(max_row=last_row, max_col=last_column, values_only=True)
    for number, row in enumerate(rows, 1):
        columns = {place: str(value) for place, value in enumerate(row, 1) if value in keys}
        if len(columns) >= _LEAST_IDS:
            return Heading(sheet.title, number, columns)
    return None


def _names(book: Workbook, keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """Single cells that bear the name of a key, of the whole book or of one sheet."""
    found: dict[str, tuple[str, str]] = {}
    for defined in [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]:
        for name, area in defined.items():
            places = list(area.destinations)
            key = _key(name, keys)
            if key and len(places) == 1 and ":" not in places[0][1]:
                found[key] = (places[0][0], places[0][1].replace("$", ""))
    return {key: place for key, place in found.items() if place[0] in book.sheetnames}


def _key(name: str, keys: Collection[str]) -> str:
    bare = name.removeprefix("_")
    return next((key for key in (name, bare, f"#{bare}") if key in keys), "")
