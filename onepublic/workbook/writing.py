"""Writing a workbook to a stream or to a path."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onepublic.workbook.charts import write_charts
from onepublic.workbook.overview import overview_xml
from onepublic.workbook.package import Package
from onepublic.workbook.sheets import Charts, Overview, Page, SheetLimits
from onepublic.workbook.tables import write_table

_EXCEL = SheetLimits()


def write_workbook(
    target: BinaryIO | Path, pages: Iterable[Page], *, limits: SheetLimits = _EXCEL
) -> None:
    """Write the pages, in their order, as an .xlsx workbook; memory stays the same
    however many rows there are.

    `target` is a stream, which need not be seekable, or a path, where the workbook
    appears only when it is complete. Text is never a formula or a link; dates without
    zone are taken as Japan time. Raises ValueError for NaN, infinity, rows that don't fit
    their columns and a workbook without pages, TypeError for a value that isn't a Cell.
    """
    if isinstance(target, Path):
        with _published(target) as stream:
            _write(stream, pages, limits)
    else:
        _write(target, pages, limits)


def _write(stream: BinaryIO, pages: Iterable[Page], limits: SheetLimits) -> None:
    with Package(stream) as package:
        for page in pages:
            if isinstance(page, Overview):
                _write_overview(package, page)
            elif isinstance(page, Charts):
                write_charts(package, page)
            else:
                write_table(package, page, limits)


def _write_overview(package: Package, page: Overview) -> None:
    xml = overview_xml(page, selected=package.is_empty)
    with package.new_sheet(page.title) as entry:
        entry.write(xml.encode())


@contextmanager
def _published(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its name when all went well, and else vanishes."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as stream:
            yield stream
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
