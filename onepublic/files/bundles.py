"""Several stored files as one download, with a note on those that may not be given out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from onepublic.core.errors import Refused
from onepublic.files.models import StoredFile
from onepublic.files.names import clean_name, shortened
from onepublic.files.serving import why_held
from onepublic.files.zipping import MOST_BYTES, Entry, length_of, zipped

LEFT_OUT = "00_含まれていないファイル.txt"
TOO_LARGE = (
    "ファイルの合計が大きすぎるため、まとめてダウンロードできません。１件ずつ開いてください。"
)
# APFS and most others take 255 bytes of a name; a program that unpacks may add a number.
_NAME_BYTES = 240


@dataclass(frozen=True, slots=True)
class Text:
    """A short file that is written for the archive."""

    content: bytes

    def open(self) -> BytesIO:
        return BytesIO(self.content)


def bundle_response(files: Sequence[tuple[str, StoredFile]], *, name: str) -> StreamingHttpResponse:
    """The files under the names given with them, as a ZIP called ``name``.

    Names are cleaned, made different from each other and short enough for every system. Files in
    quarantine are left out, and a text in the archive says which and why. The caller has checked
    that the person may see their owner. Raises Refused beyond 4 GB.
    """
    names = distinct(given for given, _ in files)
    given = list(zip(names, (stored for _, stored in files), strict=True))
    entries = [Entry(as_, f.size, f.created_at, f) for as_, f in given if not f.is_held]
    if held := [(as_, f) for as_, f in given if f.is_held]:
        note = _note(held)
        entries.append(Entry(LEFT_OUT, len(note.content), timezone.now(), note))
    length = length_of(entries)
    if length > MOST_BYTES:
        raise Refused(TOO_LARGE)
    headers = {
        "Content-Disposition": content_disposition_header(True, clean_name(name)),
        "Content-Length": str(length),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return StreamingHttpResponse(zipped(entries), content_type="application/zip", headers=headers)


def distinct(names: Iterable[str]) -> list[str]:
    """The names cleaned, cut, and numbered where two would be one on a system that does not
    tell upper from lower case: 「別紙.pdf」, 「別紙 (2).pdf」.
    """
    taken: set[str] = {LEFT_OUT}
    found = []
    for name in names:
        one = _fitting(clean_name(name))
        number = 2
        while one.casefold() in taken:
            one = _numbered(_fitting(clean_name(name)), number)
            number += 1
        taken.add(one.casefold())
        found.append(one)
    return found


def _fitting(name: str) -> str:
    while len(name.encode()) > _NAME_BYTES:
        name = shortened(name, len(name) - 1)
    return name


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({number}).{ending}" if stem and dot else f"{name} ({number})"


def _note(held: Sequence[tuple[str, StoredFile]]) -> Text:
    """With a byte order mark and CR LF, so that every Notepad reads it."""
    lines = ["次のファイルは、このZIPファイルに含まれていません。", ""]
    lines += [f"{name}\r\n　{why_held(stored)}" for name, stored in held]
    return Text("\r\n".join([*lines, ""]).encode("utf-8-sig"))
