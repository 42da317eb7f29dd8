"""Real files of every kind, read by the real child process."""

import io
import zipfile
from collections.abc import Callable

import docx
import pptx
import pytest
from openpyxl import Workbook
from pypdf import PdfWriter

from onepublic.dev.seeding.files import sample_file
from onepublic.files.extraction import limits, running
from onepublic.files.extraction.running import READABLE, Unreadable, extract


def made(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("予防接種の").add_run("手引き")
    document.add_table(1, 1).cell(0, 0).text = "表の中"
    return made(document.save)


def excel() -> bytes:
    book = Workbook()
    book.active.append(["接種者数", 1200, 0.5, None, True])  # type: ignore[union-attr]
    book.create_sheet("第2表").append(["対象"])
    return made(book.save)


def slides() -> bytes:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "説明会"
    slide.notes_slide.notes_text_frame.text = "発表の控え"
    return made(show.save)


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.encrypt("secret", algorithm="RC4-128")
    return made(writer.write)


def blank() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    return made(writer.write)


def archive(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", content)
        package.writestr("word/document.xml", content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("pdf", sample_file("別添１.pdf"), "見本　別添１"),
        ("pdf", blank(), ""),
        ("docx", word(), "予防接種の手引き\n表の中"),
        ("xlsx", excel(), "Sheet\n接種者数 | 1200 | 0.5\n第2表\n対象"),
        ("pptx", slides(), "説明会\n発表の控え"),
        ("txt", "予防接種\r\n".encode("cp932"), "予防接種"),
        ("txt", "予防接種".encode("euc_jp"), "予防接種"),
        ("txt", "予防接種".encode("iso2022_jp"), "予防接種"),
        ("txt", "予防\x07接種".encode("utf-8-sig"), "予防接種"),
        ("csv", "項目,値".encode("utf-16"), "項目,値"),
    ],
)
def test_the_text_of_each_kind_is_read(kind: str, content: bytes, text: str) -> None:
    assert extract(io.BytesIO(content), kind=kind) == text


def test_every_kind_is_tried() -> None:
    assert set(READABLE) == {"pdf", "docx", "xlsx", "pptx", "txt", "csv"}


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("pdf", b"%PDF-1.7 nonsense", running.BROKEN_FILE),
        ("pdf", locked(), running.LOCKED),
        ("docx", b"PK\x03\x04 nonsense", running.BROKEN_FILE),
        ("docx", archive(b"<a/>"), running.BROKEN_FILE),
        ("docx", archive(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), running.DANGEROUS),
        ("docx", archive(b"<a>" + b" " * 50 * 1024**2 + b"</a>"), running.DANGEROUS),
        ("xlsx", b"not a workbook", running.BROKEN_FILE),
    ],
    ids=["no pdf", "locked", "no zip", "no document", "entities", "bomb", "no workbook"],
)
def test_what_cannot_be_read_has_a_reason(kind: str, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        extract(io.BytesIO(content), kind=kind)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.01)

    with pytest.raises(Unreadable, match=running.TOO_LONG):
        extract(io.BytesIO(b"text"), kind="txt")


def test_a_file_that_needs_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY_BYTES", 200 * 1024**2)

    with pytest.raises(Unreadable, match=running.TOO_LARGE):
        extract(io.BytesIO(b"a" * 150 * 1024**2), kind="txt")


def test_a_long_text_is_cut() -> None:
    assert len(extract(io.BytesIO(b"a" * 400_000), kind="txt")) == limits.MOST_CHARACTERS
