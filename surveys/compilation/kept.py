"""A snapshot as a file: taken from the database once, then read as often as it takes.

A zip of JSON lines. Its table of contents stands at the end, so that half of one is none.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, Final
from zipfile import ZIP_STORED, ZipFile

from surveys.compilation.columns import growing
from surveys.compilation.progress import Progress
from surveys.compilation.rows import Counts, OwingRow, ResponseRow
from surveys.compilation.snapshot import Fields, Snapshot
from surveys.models import QuestionnaireRevision, Survey
from surveys.responses import questionnaire_of

_FACTS: Final = "facts.json"
_ROWS: Final = "rows.jsonl"
_NULL: Final = "null"
_TAGS: Final[dict[str, type[date]]] = {"#datetime": datetime, "#date": date}  # no id begins so


def write_snapshot(
    target: BinaryIO, snapshot: Snapshot, survey: Survey, progress: Progress
) -> None:
    """Write all that a compilation of any form needs; each response is a step."""
    published = snapshot.published()
    revisions = [questionnaire_of(each) for each in revisions_of(published)]
    reads_previous = bool(revisions[-1].previous_keys)
    rows = snapshot.rows(previous=survey.previous_id if reads_previous else None)
    facts = {
        "counts": _plain(snapshot.counts()),
        "published": published,
        "used_rows": snapshot.used_rows(growing(revisions)),
    }
    with ZipFile(target, "w", ZIP_STORED) as archive:
        archive.writestr(_FACTS, _line(facts))
        _write(archive, _ROWS, map(_row_line, progress.over(rows)))
        for name in ("file_names", "owing", "submissions", "remarks", "attachments"):
            _write(archive, f"{name}.jsonl", map(_line, getattr(snapshot, name)()))


def revisions_of(published: Sequence[int]) -> list[QuestionnaireRevision]:
    """The revisions with these primary keys, in order; they never change once published."""
    return list(QuestionnaireRevision.objects.filter(pk__in=published).order_by("number"))


class KeptSnapshot:
    """Reads what :func:`write_snapshot` has written; raises BadZipFile for anything else."""

    def __init__(self, source: BinaryIO) -> None:
        self._archive = ZipFile(source)
        facts = _read(self._archive.read(_FACTS))
        self.counts = Counts(**facts["counts"])
        self.published: list[int] = facts["published"]
        self.used_rows: dict[str, int] = facts["used_rows"]

    def rows(self) -> Iterator[ResponseRow]:
        """Every organization that the order chooses, by code."""
        for fields in self._lines(_ROWS):
            yield ResponseRow(*fields)

    def file_names(self) -> dict[str, str]:
        """The names of attached files by their id."""
        return dict(self._lines("file_names.jsonl"))

    def owing(self) -> Iterator[OwingRow]:
        """Those who have not handed in, by code."""
        return (OwingRow(*fields) for fields in self._lines("owing.jsonl"))

    def submissions(self) -> Iterator[Fields]:
        """As :meth:`Snapshot.submissions` gives them."""
        return self._lines("submissions.jsonl")

    def remarks(self) -> Iterator[Fields]:
        """As :meth:`Snapshot.remarks` gives them."""
        return self._lines("remarks.jsonl")

    def attachments(self) -> Iterator[Fields]:
        """As :meth:`Snapshot.attachments` gives them."""
        return self._lines("attachments.jsonl")

    def _lines(self, name: str) -> Iterator[Fields]:
        with self._archive.open(name) as entry:
            for line in io.TextIOWrapper(entry, encoding="utf-8", newline="\n"):
                yield tuple(_read(line))


def _write(archive: ZipFile, name: str, lines: Iterable[bytes]) -> None:
    with archive.open(name, "w", force_zip64=True) as entry:
        for line in lines:
            entry.write(line)


def _row_line(fields: Fields) -> bytes:
    """Answers come as JSON on one line, as which the database writes it: they are not read here."""
    *head, answers, previous = fields
    begun = _line(head).removesuffix(b"]\n").decode()
    return f"{begun}, {answers or _NULL}, {previous or _NULL}]\n".encode()


def _line(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, default=_tagged)}\n".encode()


def _read(line: str | bytes) -> Any:
    return json.loads(line, object_hook=_untagged)


def _plain(counts: Counts) -> dict[str, object]:
    return {name: getattr(counts, name) for name in Counts.__slots__}


def _tagged(value: object) -> dict[str, str]:
    """JSON has no days and times; anything else that it does not know is a mistake of ours."""
    for tag, kind in _TAGS.items():
        if isinstance(value, kind):
            return {tag: value.isoformat()}
    raise TypeError(type(value).__name__)


def _untagged(value: dict[str, Any]) -> object:
    for tag, kind in _TAGS.items():
        if tag in value:
            return kind.fromisoformat(value[tag])
    return value
