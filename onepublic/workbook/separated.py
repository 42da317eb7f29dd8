"""The sheets of a workbook as comma-separated text, one file each, in a zip."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from onepublic.workbook.commas import as_text
from onepublic.workbook.sheets import Cell, Charts, Code, Overview, Page, Sheet
from onepublic.workbook.titles import SheetTitles

_LEVEL: Final = 2
_BOM: Final = "\ufeff"


def write_separated(target: BinaryIO, pages: Iterable[Page], *, bom: bool) -> None:
    """Write each sheet as ``<title>.csv`` in UTF-8 (RFC 4180); charts have no such form.

    With ``bom``, as Excel needs it to see UTF-8, all header rows are there; without it only the
    first, as programs wish. Text that a spreadsheet would calculate gets an apostrophe.
    """
    titles = SheetTitles()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for page in pages:
            if isinstance(page, Charts):
                continue
            with archive.open(f"{titles.take(page.title)}.csv", "w", force_zip64=True) as entry:
                _write(entry, _lines(page, all_headers=bom), bom=bom)


def _write(entry: IO[bytes], lines: Iterator[Sequence[Cell]], *, bom: bool) -> None:
    with io.TextIOWrapper(entry, encoding="utf-8", newline="") as text:
        text.write(_BOM if bom else "")
        csv.writer(text).writerows([as_text(cell) for cell in line] for line in lines)


def _lines(page: Sheet | Overview, *, all_headers: bool) -> Iterator[Sequence[Cell]]:
    if isinstance(page, Overview):
        yield from (entry for section in page.sections for entry in section.entries)
        return
    levels = len(page.columns[0].headers) if all_headers else 1
    for level in range(levels):
        yield [Code(column.headers[level]) for column in page.columns]
    yield from page.rows
