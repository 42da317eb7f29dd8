"""One ZIP of many stored files, sent while it is read: memory does not grow with the files.

Python's zipfile, writing to what can't be rewound, leaves sizes out of the entries' heads, and some
programs then refuse files that are stored as they are. Here each file is read twice instead, once
for its checksum: heads are complete, nothing is compressed a second time, and the length of the
answer is known before it begins. Layout: PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.16.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol
from zlib import crc32

from django.utils import timezone

CHUNK = 256 * 1024
MOST_BYTES = 2**32 - 1  # beyond it the format needs longer fields
_HEAD = struct.Struct("<4s5H3L2H")
_LISTED = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _MADE_BY_UNIX, _NAMES_IN_UTF_8, _STORED = 20, 3 << 8 | 20, 0x800, 0
_READABLE_FILE = 0o100644 << 16


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


class Source(Protocol):
    """Bytes that can be opened more than once."""

    def open(self) -> Readable: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive: its name there, its length, its time, its bytes."""

    name: str
    size: int
    at: datetime
    source: Source


def length_of(entries: Sequence[Entry]) -> int:
    """How many bytes :func:`zipped` gives."""
    names = sum(len(entry.name.encode()) for entry in entries)
    heads = len(entries) * (_HEAD.size + _LISTED.size) + 2 * names + _END.size
    return heads + sum(entry.size for entry in entries)


def zipped(entries: Sequence[Entry]) -> Iterator[bytes]:
    """The archive in pieces of at most CHUNK bytes.

    Raises OSError when a file has not the length that its entry states: the receiver must not
    take what came for the whole.
    """
    listed, place = [], 0
    for entry in entries:
        name = entry.name.encode()
        facts = (*_moment(entry.at), _checksum(entry), entry.size, entry.size, len(name), 0)
        fixed = (_NAMES_IN_UTF_8, _STORED)
        yield _HEAD.pack(b"PK\x03\x04", _VERSION, *fixed, *facts) + name
        yield from _pieces(entry.source)
        trail = (0, 0, 0, _READABLE_FILE, place)
        line = _LISTED.pack(b"PK\x01\x02", _MADE_BY_UNIX, _VERSION, *fixed, *facts, *trail)
        listed.append(line + name)
        place += _HEAD.size + len(name) + entry.size
    yield from listed
    count, size = len(listed), sum(map(len, listed))
    yield _END.pack(b"PK\x05\x06", 0, 0, count, count, size, place, 0)


def _pieces(source: Source) -> Iterator[bytes]:
    content = source.open()
    try:
        yield from iter(partial(content.read, CHUNK), b"")
    finally:
        content.close()


def _checksum(entry: Entry) -> int:
    found = length = 0
    for piece in _pieces(entry.source):
        found, length = crc32(piece, found), length + len(piece)
    if length != entry.size:
        raise OSError(f"{entry.name}: {length} bytes where {entry.size} were stored")
    return found


def _moment(at: datetime) -> tuple[int, int]:
    """Time and date as MS-DOS wrote them: local, to two seconds, from 1980 on."""
    local = timezone.localtime(at)
    time = local.hour << 11 | local.minute << 5 | local.second // 2
    return time, (local.year - 1980) << 9 | local.month << 5 | local.day
