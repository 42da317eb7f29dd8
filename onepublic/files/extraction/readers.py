"""What stands in a file, by its kind. Runs in the child process alone; knows no Django.

Each reader yields pieces of text in reading order. Whatever a library raises about a broken file
ends the child, and the file counts as unreadable.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import docx
import pptx
from docx.oxml.ns import qn
from pptx.oxml.ns import qn as pptx_qn
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

_ENCODINGS = ("utf-8-sig", "euc_jp", "cp932")
_ESCAPE = b"\x1b"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Locked(Exception):
    """The file asks for a password."""


def pdf(path: str) -> Iterator[str]:
    """The text of each page; a scanned page has none."""
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    for page in reader.pages:
        yield page.extract_text()


def word(path: str) -> Iterator[str]:
    """Paragraphs, also those in tables and text boxes; not what was struck out."""
    for paragraph in docx.Document(path).element.body.iter(qn("w:p")):
        yield "".join(run.text or "" for run in paragraph.iter(qn("w:t")))


def excel(path: str) -> Iterator[str]:
    """Rows of all sheets, their cells set apart."""
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).iter_rows():
            yield " | ".join(filter(None, map(_cell, row)))


def powerpoint(path: str) -> Iterator[str]:
    """Paragraphs of the slides and of their notes."""
    for slide in pptx.Presentation(path).slides:
        parts = [slide.element]
        if slide.has_notes_slide:
            parts.append(slide.notes_slide.element)
        for part in parts:
            for paragraph in part.iter(pptx_qn("a:p")):
                yield "".join(run.text or "" for run in paragraph.iter(pptx_qn("a:t")))


def plain(path: str) -> Iterator[str]:
    """The text in whichever of the usual encodings fits: Shift_JIS last, for it fits too much."""
    with open(path, "rb") as file:
        content = file.read()
    if content.startswith(_BYTE_ORDER_MARKS):
        yield content.decode("utf-16")
        return
    encodings = ("iso2022_jp", *_ENCODINGS) if _ESCAPE in content else _ENCODINGS
    for encoding in encodings:
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    yield content.decode("cp932", errors="replace")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return "" if isinstance(value, timedelta) else str(value)


READERS = {
    "pdf": pdf,
    "docx": word,
    "xlsx": excel,
    "pptx": powerpoint,
    "txt": plain,
    "csv": plain,
}
