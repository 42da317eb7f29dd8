"""Results as they are kept and shown: what is hidden is None, and nothing small is in them.

As JSON they are the ``figures`` of a Release, by section, so that a page reads only its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

VERSION: Final = 1


class Answers(StrEnum):
    """What the answers of a column are."""

    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Shown:
    """One column in one group. None is hidden; the quartiles are also None where none answered."""

    answered: int | None
    options: tuple[int | None, ...] = ()
    lower: float | None = None
    median: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class ReleasedGroup:
    """A group of organizations; ``size`` is how many handed in, None where that is hidden."""

    name: str
    size: int | None


@dataclass(frozen=True, slots=True)
class ReleasedColumn:
    """A field, or a rank of one, in the nation and in each group of the two divisions."""

    key: str
    question: str
    question_label: str
    label: str
    unit: str
    answers: Answers
    options: tuple[str, ...]
    nation: Shown
    kinds: tuple[Shown, ...]
    prefectures: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ReleasedSection:
    """A section of the questionnaire with what is given back of it."""

    id: str
    title: str
    columns: tuple[ReleasedColumn, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the figures are of: everything but the columns."""

    taken_at: datetime
    asked: int
    handed_in: int
    smallest: int
    kinds: tuple[ReleasedGroup, ...]
    prefectures: tuple[ReleasedGroup, ...]
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """All of it."""

    head: Head
    sections: tuple[ReleasedSection, ...]


def to_json(results: Results) -> dict[str, Any]:
    """What the database keeps; :func:`head_from_json` and :func:`section_from_json` read it."""
    head = asdict(results.head) | {"taken_at": results.head.taken_at.isoformat()}
    sections = {section_key(each.id): _section_to_json(each) for each in results.sections}
    return {"version": VERSION, "head": head, "sections": sections}


def section_key(section_id: str) -> str:
    """Under what a section is kept; an id of digits would be taken for a place in a list."""
    return f"section {section_id}"


def _section_to_json(section: ReleasedSection) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "columns": [
            asdict(column)
            | {
                "nation": _pack(column.nation),
                "kinds": [_pack(each) for each in column.kinds],
                "prefectures": [_pack(each) for each in column.prefectures],
            }
            for column in section.columns
        ],
    }


def _pack(shown: Shown) -> list[Any]:
    return [shown.answered, list(shown.options), shown.lower, shown.median, shown.upper]


def _unpack(kept: Sequence[Any]) -> Shown:
    answered, options, lower, median, upper = kept
    return Shown(answered, tuple(options), lower, median, upper)


def head_from_json(kept: Mapping[str, Any]) -> Head:
    """The head of what the database keeps, under ``head``."""
    groups = {
        name: tuple(ReleasedGroup(**each) for each in kept[name])
        for name in ("kinds", "prefectures")
    }
    sections = tuple((key, title) for key, title in kept["sections"])
    taken_at = datetime.fromisoformat(kept["taken_at"])
    return Head(**{**kept, **groups, "sections": sections, "taken_at": taken_at})


def section_from_json(kept: Mapping[str, Any]) -> ReleasedSection:
    """One section of what the database keeps, under ``sections`` and its id."""
    return ReleasedSection(kept["id"], kept["title"], tuple(_columns(kept["columns"])))


def _columns(kept: Sequence[Mapping[str, Any]]) -> Iterator[ReleasedColumn]:
    for each in kept:
        yield ReleasedColumn(
            **{
                **each,
                "answers": Answers(each["answers"]),
                "options": tuple(each["options"]),
                "nation": _unpack(each["nation"]),
                "kinds": tuple(map(_unpack, each["kinds"])),
                "prefectures": tuple(map(_unpack, each["prefectures"])),
            }
        )
