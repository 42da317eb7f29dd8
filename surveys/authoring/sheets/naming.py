"""Ids for the rows that were left without one, and ids that were given twice."""

from collections.abc import Iterator
from typing import Final

from surveys.authoring.finding import Json
from surveys.authoring.ids import fresh_numbers
from surveys.authoring.sheets.parts import Taken, repeated

_TWICE: Final = "ID「{name}」は、ほかの行にもあります。新しい行では、IDを空欄にしてください。"
_PREFIXES: Final = {"options": "", "rows": "r", "columns": "c"}

# The parts among which ids must differ, the key of the id, its prefix, and the name of its marks.
_Family = tuple[list[Json], str, str, str]


def name_parts(document: Json, marks: dict[str, int], taken: Taken) -> None:
    """Give ids to what has none, above all that was ever used (``marks``); note repeated ones,
    which get another, so that the rest can be judged.
    """
    for parts, key, prefix, name in _families(document):
        for part in repeated(parts, key):
            line, _ = taken.origins[id(part)]
            taken.slips.append(line.slip("ID", _TWICE.format(name=part.pop(key))))
        given = [part[key] for part in parts if key in part]
        numbers = fresh_numbers(prefix, given, marks.get(name, 0))
        for part in parts:
            if key not in part:
                part[key] = f"{prefix}{next(numbers)}"


def _families(document: Json) -> Iterator[_Family]:
    """Outer parts first: the marks of inner ones go by their ids."""
    sections = document["sections"]
    questions = [question for section in sections for question in section["questions"]]
    yield sections, "id", "s", "s"
    yield questions, "id", "q", "q"
    yield document["rules"], "id", "r", "r"
    for question in questions:
        yield from _inside(question, question["id"])
        for column in question.get("columns", []):
            yield from _inside(column, f"{question['id']}.columns.{column['id']}")


def _inside(holder: Json, name: str) -> Iterator[_Family]:
    for list_, prefix in _PREFIXES.items():
        key = "value" if list_ == "options" else "id"
        yield holder.get(list_, []), key, prefix, f"{name}.{list_}"
