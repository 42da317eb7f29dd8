"""A compilation in the form that was asked for."""

from tempfile import TemporaryFile
from typing import BinaryIO, cast

from onepublic.files.models import StoredFile
from onepublic.workbook import write_separated
from surveys.compilation.attachments import write_zip
from surveys.compilation.content import Content
from surveys.compilation.filled_templates import found_in, write_filled
from surveys.compilation.full_texts import FullTexts
from surveys.compilation.jsonlines import write_json_lines
from surveys.compilation.orders import Order
from surveys.compilation.progress import Progress
from surveys.compilation.rows import Counts
from surveys.compilation.spool import Spool
from surveys.compilation.workbook import PASSING, pages_of, write_pages
from surveys.states import CompilationFormat

_ENDINGS: dict[str, str] = {
    CompilationFormat.XLSX: "xlsx",
    CompilationFormat.ZIP: "zip",
    CompilationFormat.CSV_BOM: "zip",
    CompilationFormat.CSV: "zip",
    CompilationFormat.JSONL: "jsonl",
}


class TemplateHeld(Exception):
    """The template is still searched for viruses, so that it must be tried again, or has one."""


def steps_of(counts: Counts, order: Order, *, template: bool = False) -> int:
    """How many steps there will be: all asked are read and written once, then who handed in is
    written once per further sheet.
    """
    alone = template or order.format == CompilationFormat.JSONL
    sheets = 0 if alone else len(PASSING & set(order.parts))
    return 2 * counts.asked + counts.submitted * sheets


def make(
    target: BinaryIO,
    content: Content,
    texts: FullTexts,
    progress: Progress,
    template: StoredFile | None = None,
) -> str:
    """Write the file and return the ending of its name; ``texts`` gets what no cell can hold.

    With a ``template``, it is that workbook, filled. Raises TemplateHeld.
    """
    form = content.order.format
    if template is not None:
        if template.is_held:
            raise TemplateHeld(template.pk)
        content.watchers.append(texts.watch)
        with template.open() as opened:
            source = cast(BinaryIO, opened)
            found = found_in(source, content)
            write_filled(target, source, found, content, progress)
        return "zip" if found.is_form else "xlsx"
    if form == CompilationFormat.JSONL:
        write_json_lines(target, content, progress)
    elif form in (CompilationFormat.CSV, CompilationFormat.CSV_BOM):
        with Spool() as spool:
            pages = pages_of(content, spool, progress)
            write_separated(target, pages, bom=form == CompilationFormat.CSV_BOM)
    elif form == CompilationFormat.ZIP:
        content.watchers.append(texts.watch)
        with TemporaryFile() as file:
            book = cast(BinaryIO, file)
            write_pages(book, content, progress)
            write_zip(target, book, texts, content, progress)
    else:
        content.watchers.append(texts.watch)
        write_pages(target, content, progress)
    return _ENDINGS[form]
