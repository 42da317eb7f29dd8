"""Why a workbook of one's own can't be filled, in words for the person who brought it."""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell

from surveys.compilation.templates import Heading, Template, fill_form, fill_rows


def obstacle(template: BinaryIO, found: Template) -> str:
    """The first reason, a sentence, or "" when there is none.

    Without one it is filled on trial, with blanks; raises what openpyxl raises when that fails.
    """
    book = load_workbook(template)
    if reason := next(_obstacles(book, found), ""):
        return reason
    template.seek(0)
    if found.is_form:
        fill_form(template, found, {}, BytesIO())
    else:
        fill_rows(template, found, [{}, {}], BytesIO())
    return ""


def _obstacles(book: Workbook, found: Template) -> Iterator[str]:
    for heading in found.headings:
        yield from _below(book, heading)
    for key, (sheet, address) in found.names.items() if found.is_form else ():
        if isinstance(book[sheet][address], MergedCell):
            yield (
                f"項目ID「{key}」の名前が指すセル（シート「{sheet}」の{address}）は、"
                "結合したセルの左上ではありません。左上のセルに名前を付けてください。"
            )


def _below(book: Workbook, heading: Heading) -> Iterator[str]:
    sheet = book[heading.sheet]
    for area in sheet.merged_cells.ranges:
        columns = range(area.min_col, area.max_col + 1)
        if area.max_row > heading.row and not heading.columns.keys().isdisjoint(columns):
            yield (
                f"シート「{heading.sheet}」の{area.coord}が結合されているため、1団体1行で"
                "埋められません。項目IDの行より下のセルの結合を解除してください。"
            )
    for row in sheet.iter_rows(min_row=heading.row + 1):
        for cell in row:
            if cell.column in heading.columns and cell.value is not None:
                yield (
                    f"シート「{heading.sheet}」の{cell.coordinate}に値があります。項目IDの行より下は"
                    "回答で上書きするため、空けてください。見出しの言葉や合計は、項目IDの行より上に"
                    "置いてください。"
                )
