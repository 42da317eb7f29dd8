"""How long the list at the end of a ZIP file is, before Python reads all of it into memory."""

import os
import struct
from typing import BinaryIO
from zipfile import BadZipFile

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LONGEST_COMMENT = 65_535


def directory_bytes(content: BinaryIO) -> int:
    """The size of the central directory as zipfile will read it, from the record at the end.

    The record is looked for just as zipfile does: first one without a comment at the very end,
    then the last one before. Raises BadZipFile when there is none.
    """
    size = content.seek(0, os.SEEK_END)
    start = max(size - _END.size - _LONGEST_COMMENT, 0)
    content.seek(start)
    tail = content.read()
    place = len(tail) - _END.size
    if place < 0 or tail[place : place + 4] != b"PK\x05\x06" or tail[-2:] != b"\0\0":
        place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise BadZipFile("no end record")
    in_64_bits = _stated_in_64_bits(content, start + place)
    return int(_END.unpack_from(tail, place)[5]) if in_64_bits is None else in_64_bits


def _stated_in_64_bits(content: BinaryIO, end: int) -> int | None:
    """None when the archive has no such record, which stands before a locator before ``end``."""
    if end < _LOCATOR.size + _END_64.size:
        return None
    content.seek(end - _LOCATOR.size - _END_64.size)
    before = content.read(_END_64.size + _LOCATOR.size)
    record = _END_64.unpack_from(before)
    found = before[_END_64.size :].startswith(b"PK\x06\x07") and record[0] == b"PK\x06\x06"
    return int(record[8]) if found else None
