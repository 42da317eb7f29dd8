"""Ids that are made for new parts: ``q12``, ``s3``, ``r2``, and numbers inside a question."""

import re
from collections.abc import Iterable, Iterator
from itertools import count

from surveys.authoring.finding import Json, all_questions

_NUMBERED = re.compile(r"([a-z]*)([1-9][0-9]{0,8})")
_LISTS = {"options": "value", "rows": "id", "columns": "id"}


def next_id(document: Json, prefix: str) -> str:
    """Return an id that nothing in the document has or ever had; prefix ``q``, ``s`` or ``r``."""
    return f"{prefix}{marks_of(document).get(prefix, 0) + 1}"


def next_part_id(document: Json, question: Json, part: str) -> str:
    """Return a new id of a row (``r4``) or a column (``c2``) of the question."""
    return f"{part[0]}{_next_number(document, question, part)}"


def next_option_value(document: Json, question: Json, *, column: str = "") -> str:
    """Return a new value of an option (``4``) of the question, or of one of its columns."""
    place = f"columns.{column}.options" if column else "options"
    return str(_next_number(document, question, place))


def fresh_numbers(prefix: str, given: Iterable[str], used: int = 0) -> Iterator[int]:
    """Numbers for further ids of this prefix, above those of the ``given`` ids and ``used``."""
    numbered = [number for found, number in map(_numbered, given) if found == prefix]
    return count(max([used, *numbered]) + 1)


def with_marks(before: Json, after: Json) -> Json:
    """Return ``after`` with the marks of all numbers that either document has used."""
    marks = marks_of(before)
    for name, number in marks_of(after).items():
        marks[name] = max(number, marks.get(name, 0))
    return {**after, "used": marks}


def _next_number(document: Json, question: Json, place: str) -> int:
    """Look at the question as it is being written too: it may hold more than is kept."""
    used = dict(_numbers_in(question))
    name = f"{question['id']}.{place}"
    return max(used.get(name, 0), marks_of(document).get(name, 0)) + 1


def marks_of(document: Json) -> dict[str, int]:
    """The highest number of each kind of id that the document has or ever had."""
    marks: dict[str, int] = dict(document.get("used", {}))
    for name, number in _numbers(document):
        marks[name] = max(number, marks.get(name, 0))
    return marks


def _numbers(document: Json) -> Iterator[tuple[str, int]]:
    parts = [*document["sections"], *all_questions(document), *document.get("rules", [])]
    for part in parts:
        prefix, number = _numbered(part["id"])
        if prefix in {"s", "q", "r"}:
            yield prefix, number
    for question in all_questions(document):
        yield from _numbers_in(question).items()


def _numbers_in(question: Json) -> dict[str, int]:
    found: dict[str, int] = {}
    lists = [(question["id"], question)]
    lists += [(f"{question['id']}.columns.{c['id']}", c) for c in question.get("columns", [])]
    for name, holder in lists:
        for part, key in _LISTS.items():
            numbers = [_numbered(str(item.get(key, "")))[1] for item in holder.get(part, [])]
            if numbers:
                found[f"{name}.{part}"] = max(numbers)
    return found


def _numbered(name: str) -> tuple[str, int]:
    match = _NUMBERED.fullmatch(name)
    return (match[1], int(match[2])) if match else ("", 0)
