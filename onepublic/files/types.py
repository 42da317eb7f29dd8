"""Which kinds of file the portal takes, told by content and never by name alone."""

import io
import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

OOXML = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}


@dataclass(frozen=True, slots=True)
class FileType:
    """A file type: its endings in names, and the media type under which it is served."""

    endings: tuple[str, ...]
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
FILE_TYPES = {
    "pdf": FileType((".pdf",), "application/pdf"),
    "docx": FileType((".docx",), _OFFICE + "wordprocessingml.document"),
    "xlsx": FileType((".xlsx",), _OFFICE + "spreadsheetml.sheet"),
    "pptx": FileType((".pptx",), _OFFICE + "presentationml.presentation"),
    "zip": FileType((".zip",), "application/zip"),
    "png": FileType((".png",), "image/png"),
    "jpg": FileType((".jpg", ".jpeg"), "image/jpeg"),
    "txt": FileType((".txt",), "text/plain; charset=utf-8"),
    "csv": FileType((".csv",), "text/csv; charset=utf-8"),
}
ACCEPTED_ENDINGS = tuple(ending for kind in FILE_TYPES.values() for ending in kind.endings)


def detect(content: BinaryIO, *, ending: str) -> str | None:
    """The key in FILE_TYPES of what ``content`` really is, or None when it is none of them.

    ``ending`` only decides between ``txt`` and ``csv``, which look alike.
    """
    content.seek(0)
    head = content.read(8192)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(content)
    if _is_text(content):
        return "csv" if ending == ".csv" else "txt"
    found = {match.extension for match in _matches(head)}
    return next(
        (kind for kind in ("pdf", "png", "jpg") if found & set(FILE_TYPES[kind].endings)), None
    )


def _matches(head: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_stream(io.BytesIO(head)))
    except (puremagic.PureError, ValueError):
        return []


def _archive(content: BinaryIO) -> str | None:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        return None  # ValueError: a name that is not in the encoding that it claims
    if "[Content_Types].xml" not in names:
        return "zip"
    return next(
        (kind for kind, room in OOXML.items() if any(name.startswith(room) for name in names)), None
    )


def _is_text(content: BinaryIO) -> bool:
    content.seek(0)
    whole = content.read()
    if b"\x00" in whole:
        return False
    for encoding in ("utf-8", "cp932"):
        try:
            text = whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not text.startswith(("%PDF", "MZ")) and all(c >= " " or c in "\t\r\n" for c in text)
    return False
