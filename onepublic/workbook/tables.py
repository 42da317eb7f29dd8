"""A table as one sheet, or as several when it has more rows or columns than one can hold."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from onepublic.workbook.layout import TableLayout, column_letters
from onepublic.workbook.package import Package
from onepublic.workbook.sheets import Cell, Sheet, SheetLimits

_BUFFER = 1 << 16  # characters handed to the compressor at once; rows may be short

_Row = Sequence[Cell]
_Pick = Callable[[_Row], _Row]


class _Part:
    """One sheet in the making: the head at once, then row by row, then the tail."""

    def __init__(self, stream: IO[bytes], layout: TableLayout, pick: _Pick, *, selected: bool):
        self.stream = stream
        self.layout = layout
        self.last_row = layout.header_rows
        self.written = 0
        self._pick = pick
        self._pending = [layout.head(selected=selected)]
        self._pending_length = 0

    def add(self, cells: _Row) -> None:
        self.last_row += 1
        self._put(self.layout.row(self.last_row, self._pick(cells)))

    def finish(self) -> None:
        self._put(self.layout.tail(self.last_row))
        self._flush()

    def _put(self, xml: str) -> None:
        self._pending.append(xml)
        self._pending_length += len(xml)
        if self._pending_length > _BUFFER:
            self._flush()

    def _flush(self) -> None:
        self.written += self.stream.write("".join(self._pending).encode())
        self._pending = []
        self._pending_length = 0


def write_table(package: Package, sheet: Sheet, limits: SheetLimits) -> None:
    """Read the table's rows once and write them to as many sheets as they need.

    Raises ValueError when headers or rows don't fit the columns.
    """
    bands = [_band(sheet, picked) for picked in _column_bands(sheet, limits)]
    rows = _checked_rows(sheet)
    pending = next(rows, None)
    while True:
        pending = _write_sheets(package, sheet.title, bands, limits, pending, rows)
        if pending is None:
            return


def _write_sheets(
    package: Package,
    title: str,
    bands: list[tuple[TableLayout, _Pick]],
    limits: SheetLimits,
    pending: _Row | None,
    rows: Iterator[_Row],
) -> _Row | None:
    """Fill one sheet per band with rows; the first row that doesn't fit comes back.

    A zip takes one entry at a time, so further bands wait in temporary files.
    """
    selected = package.is_empty
    with ExitStack() as stack:
        entry = stack.enter_context(package.new_sheet(title))
        streams = [entry, *(stack.enter_context(TemporaryFile()) for _ in bands[1:])]
        parts = [
            _Part(stream, layout, pick, selected=selected and stream is entry)
            for stream, (layout, pick) in zip(streams, bands, strict=True)
        ]
        pending = _fill(parts, limits, pending, rows)
        entry.close()
        _define_names(package, parts[0])
        for part in parts[1:]:
            _copy(package, title, part)
    return pending


def _fill(
    parts: list[_Part], limits: SheetLimits, pending: _Row | None, rows: Iterator[_Row]
) -> _Row | None:
    while pending is not None and all(_has_room(part, limits) for part in parts):
        for part in parts:
            part.add(pending)
        pending = next(rows, None)
    for part in parts:
        part.finish()
    return pending


def _has_room(part: _Part, limits: SheetLimits) -> bool:
    return part.last_row < limits.rows and part.written < limits.xml_bytes


def _copy(package: Package, title: str, part: _Part) -> None:
    part.stream.seek(0)
    with package.new_sheet(title) as entry:
        shutil.copyfileobj(part.stream, entry, _BUFFER)
    _define_names(package, part)


def _define_names(package: Package, part: _Part) -> None:
    """Excel looks for the filter's area and the repeated headers under these names."""
    layout = part.layout
    area = layout.filter_area(part.last_row, fixed="$")
    if area:
        package.define_name("_xlnm._FilterDatabase", [area], hidden=True)
    repeated = [f"$A:${column_letters(layout.key_columns)}"] if layout.key_columns else []
    repeated += [f"$1:${layout.header_rows}"] if layout.header_rows else []
    if repeated:
        package.define_name("_xlnm.Print_Titles", repeated)


def _column_bands(sheet: Sheet, limits: SheetLimits) -> list[list[int]]:
    """Column numbers per sheet: key columns in each, the others in the first that has room."""
    total, keys = len(sheet.columns), sheet.key_columns
    if not total or not 0 <= keys < min(total + 1, limits.columns):
        raise ValueError(f"{sheet.title}: {total} columns, {keys} of them keys")
    room = limits.columns - keys
    starts = range(keys, max(total, keys + 1), room)
    return [[*range(keys), *range(start, min(start + room, total))] for start in starts]


def _band(sheet: Sheet, picked: list[int]) -> tuple[TableLayout, _Pick]:
    if len({len(column.headers) for column in sheet.columns}) != 1:
        raise ValueError(f"{sheet.title}: columns differ in their number of headers")
    columns = [sheet.columns[index] for index in picked]
    layout = TableLayout(columns, sheet.key_columns, sheet.filtered)
    if len(picked) == len(sheet.columns):
        return layout, _all_cells
    return layout, lambda cells: [cells[index] for index in picked]


def _all_cells(cells: _Row) -> _Row:
    return cells


def _checked_rows(sheet: Sheet) -> Iterator[_Row]:
    expected = len(sheet.columns)
    for number, cells in enumerate(sheet.rows, 1):
        if len(cells) != expected:
            raise ValueError(f"{sheet.title}, row {number}: {len(cells)} cells, not {expected}")
        yield cells
