"""A sheet as CSV, for programs and for those who have no Excel."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import TextIOWrapper
from typing import BinaryIO

from onepublic.workbook.cells import FORMULA_STARTS, JST
from onepublic.workbook.sheets import Cell, Sheet
from onepublic.workbook.text import visible_text

_BETWEEN = "\u3000"  # between the headers of one column


def write_csv(target: BinaryIO, sheet: Sheet, *, with_mark: bool = True) -> None:
    """Write headers and rows as UTF-8, lines ended as RFC 4180 has it; ``target`` stays open.

    ``with_mark`` puts a byte order mark in front, without which Excel takes it for Shift_JIS.
    Days are ISO 8601, times those of Japan. Text that Excel would calculate, also one that the
    wide signs begin, gets an apostrophe before it; numbers are written as they are.
    """
    if with_mark:
        target.write(BOM_UTF8)
    text = TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    csv.writer(text).writerows(_lines(sheet))
    text.detach()


def _lines(sheet: Sheet) -> Iterator[Iterable[str]]:
    yield (_text(_BETWEEN.join(filter(None, column.headers))) for column in sheet.columns)
    for row in sheet.rows:
        yield map(as_text, row)


def as_text(value: Cell) -> str:
    """A cell as CSV holds it: a blank is empty, text that would be calculated is guarded."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        local = value.astimezone(JST) if value.tzinfo else value
        return f"{local:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value is None else str(value)


def _text(value: str) -> str:
    """Signs behind white space count too: some programs take it off first."""
    shown = visible_text(value)
    starts = {shown[:1], shown.lstrip()[:1]}
    return f"'{shown}" if starts & FORMULA_STARTS else shown
