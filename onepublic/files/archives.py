"""Archives, looked through before anything opens them: ZIP, and Word, Excel, PowerPoint, which are
ZIP too.

Sizes are the archive's own statement: zipfile never unpacks more of an entry than is stated.
"""

import re
import zipfile
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import error as ZlibError

from django.conf import settings

from onepublic.core.prolog import declares_doctype
from onepublic.files.directories import directory_bytes

ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
CONTENT_TYPES = "[Content_Types].xml"
# NotImplementedError and RuntimeError: features unknown to Python; ValueError: broken names
BROKEN = (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, ZlibError)
_RATIO_FROM_BYTES = 4 * 1024**2  # small entries of zeros harm nobody
_DIRECTORY_BYTES_PER_ENTRY = 512
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_SYMLINK, _FILE_KIND = 0o120000, 0o170000
_CHUNK = 1024**2
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(.*/)?\.\.(/|$)")
_UNSEEN = re.compile("[\x00-\x1f\x7f]")
MACRO_PART = "vbaproject.bin"
_PROGRAM_START = b"MZ"

TOO_LARGE = "展開すると大きくなりすぎるため、添付できません。"
TOO_MANY = "中のファイルが多すぎるため、添付できません。"
TOO_DEEP = "圧縮ファイルが何重にも入っているため、添付できません。"
ENCRYPTED = "パスワードが付いているため、添付できません。パスワードを外してください。"
UNSAFE_NAME = "中に安全でない名前のファイルがあるため、添付できません。"
UNSAFE_XML = "許可されていない記述（文書型宣言）を含むため、添付できません。"
MACROS = "マクロを含むため、添付できません。マクロのない形式で保存し直してください。"
PROGRAM = "中に実行できるプログラムがあるため、添付できません。"
UNREADABLE = "中のファイルを読み取れないため、添付できません。圧縮し直してください。"


class ArchiveRefused(Exception):
    """The archive is a danger; the message, in Japanese, continues 「name」は…."""


@dataclass
class _Budget:
    """What the archive and all archives inside it may hold together."""

    entries: int
    unpacked: int

    def spend(self, entries: list[ZipInfo]) -> None:
        self.entries -= len(entries)
        self.unpacked -= sum(entry.file_size for entry in entries)
        if self.entries < 0:
            raise ArchiveRefused(TOO_MANY)
        if self.unpacked < 0 or any(map(_is_bomb, entries)):
            raise ArchiveRefused(TOO_LARGE)


def is_archive(content: BinaryIO) -> bool:
    """By its first bytes; ``content`` is rewound."""
    content.seek(0)
    found = content.read(4) in ARCHIVE_STARTS
    content.seek(0)
    return found


def refuse_dangerous(content: BinaryIO) -> None:
    """Raise ArchiveRefused for a bomb, a password, a name that leaves its folder, a program, macros
    that FILE_MACRO_ENDINGS does not allow, a DTD; BadZipFile and its like for what isn't whole.
    """
    limits = _Budget(settings.FILE_MAX_ENTRIES, settings.FILE_MAX_UNPACKED_BYTES)
    _look_through(content, limits, depth=1)
    content.seek(0)


def _look_through(content: BinaryIO, budget: _Budget, *, depth: int) -> None:
    if depth > settings.FILE_MAX_NESTING:
        raise ArchiveRefused(TOO_DEEP)
    if directory_bytes(content) > settings.FILE_MAX_ENTRIES * _DIRECTORY_BYTES_PER_ENTRY:
        raise ArchiveRefused(TOO_MANY)
    with ZipFile(content) as archive:
        entries = archive.infolist()
        budget.spend(entries)
        for entry in entries:
            _check_entry(entry)
        if CONTENT_TYPES in archive.namelist():
            _check_package(archive)
        for entry in entries:
            _check_content(archive, entry, budget, depth)


def _is_bomb(entry: ZipInfo) -> bool:
    return (
        entry.file_size > _RATIO_FROM_BYTES
        and entry.file_size > settings.FILE_MAX_RATIO * entry.compress_size
    )


def _check_entry(entry: ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveRefused(ENCRYPTED)
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ArchiveRefused(UNREADABLE)
    name = name_of(entry)
    is_link = (entry.external_attr >> 16) & _FILE_KIND == _SYMLINK
    if is_link or _UNSEEN.search(name) or _OUTSIDE.match(name.replace("\\", "/")):
        raise ArchiveRefused(UNSAFE_NAME)
    if name.lower().endswith(tuple(settings.FILE_FORBIDDEN_INSIDE)):
        raise ArchiveRefused(PROGRAM)


def name_of(entry: ZipInfo) -> str:
    """The entry's name. Without the flag for UTF-8 it is most often Shift_JIS, in which the second
    byte of 表 or ソ looks like a backslash.
    """
    if entry.flag_bits & _UTF_8:
        return entry.orig_filename
    try:
        return entry.orig_filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return entry.orig_filename


def _check_package(archive: ZipFile) -> None:
    """Word, Excel and PowerPoint: neither DTDs nor unwanted macros, no part twice."""
    names = [name.lower() for name in archive.namelist()]
    if len(set(names)) < len(names):
        raise ArchiveRefused(UNREADABLE)
    if any(name.endswith(MACRO_PART) for name in names) and not settings.FILE_MACRO_ENDINGS:
        raise ArchiveRefused(MACROS)
    for entry in archive.infolist():
        if entry.file_size and entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(entry) as part:
                _refuse_doctype(part)


def _refuse_doctype(part: IO[bytes]) -> None:
    try:
        found = declares_doctype(part)
    except ValueError as error:
        raise ArchiveRefused(UNREADABLE) from error
    if found:
        raise ArchiveRefused(UNSAFE_XML)


def _check_content(archive: ZipFile, entry: ZipInfo, budget: _Budget, depth: int) -> None:
    """What an entry really is shows in its first bytes."""
    with archive.open(entry) as part:
        start = part.read(4)
        if start.startswith(_PROGRAM_START):
            raise ArchiveRefused(PROGRAM)
        if start not in ARCHIVE_STARTS:
            return
        with SpooledTemporaryFile(_CHUNK) as inner:
            inner.write(start)
            while chunk := part.read(_CHUNK):
                inner.write(chunk)
            _look_inside(cast(BinaryIO, inner), budget, depth)


def _look_inside(inner: BinaryIO, budget: _Budget, depth: int) -> None:
    try:
        _look_through(inner, budget, depth=depth + 1)
    except BROKEN as error:
        raise ArchiveRefused(UNREADABLE) from error
