"""Which kinds of file the portal takes, told by content and never by name alone."""

import io
import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

from onepublic.files.archives import BROKEN, CONTENT_TYPES, MACRO_PART, is_archive

OOXML = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
WITH_MACROS = {"docx": "docm", "xlsx": "xlsm", "pptx": "pptm"}


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
    "docm": FileType((".docm",), "application/vnd.ms-word.document.macroEnabled.12"),
    "xlsm": FileType((".xlsm",), "application/vnd.ms-excel.sheet.macroEnabled.12"),
    "pptm": FileType((".pptm",), "application/vnd.ms-powerpoint.presentation.macroEnabled.12"),
    "zip": FileType((".zip",), "application/zip"),
    "png": FileType((".png",), "image/png"),
    "jpg": FileType((".jpg", ".jpeg"), "image/jpeg"),
    "txt": FileType((".txt",), "text/plain; charset=utf-8"),
    "csv": FileType((".csv",), "text/csv; charset=utf-8"),
}
ACCEPTED_ENDINGS = tuple(
    ending
    for name, kind in FILE_TYPES.items()
    if name not in WITH_MACROS.values()
    for ending in kind.endings
)
"""Without those that bring macros: ``FILE_MACRO_ENDINGS`` adds them."""
_MACRO_TYPE = b"macroEnabled"
_LONGEST_LIST_OF_TYPES = 1024**2


def detect(content: BinaryIO, *, ending: str) -> str | None:
    """The key in FILE_TYPES of what ``content`` really is, or None when it is none of them.

    ``ending`` only decides between ``txt`` and ``csv``, which look alike.
    """
    if is_archive(content):
        return _archive(content)
    head = content.read(8192)
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
            return _package(archive, names) if CONTENT_TYPES in names else "zip"
    except (*BROKEN, struct.error):
        return None  # among them a name that is not in the encoding that it claims


def _package(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    rooms = (kind for kind, room in OOXML.items() if any(name.startswith(room) for name in names))
    kind = next(rooms, None)
    if kind is None:
        return None
    with archive.open(CONTENT_TYPES) as listed:
        runs = _MACRO_TYPE in listed.read(_LONGEST_LIST_OF_TYPES)
    runs = runs or any(name.lower().endswith(MACRO_PART) for name in names)
    return WITH_MACROS[kind] if runs else kind


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
