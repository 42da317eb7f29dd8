"""What an answer workbook knows of itself, on a sheet that nobody sees.

Row 1 and column A of every sheet of questions are hidden, too: they number the columns and the
rows. So a cell is found by what stands beside and above it, wherever rows, columns or sheets were
moved to, as a person would find it. A name of a cell would wander off with a cell that is dragged.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeAlias

SHEET: Final = "_onepublic"
SHEET_MARK: Final = "onepublic-section-"
_KIND: Final = "onepublic-answers"
_FORMAT: Final = 1
_LONGEST: Final = 4_000_000  # characters in all; 2,000 fields need 100,000
_CHUNK: Final = 16_000  # characters in one cell, of which Excel takes 32,767

# Section sheet, numbered row and numbered column, as column A and row 1 say.
Place: TypeAlias = tuple[int, int, int]
# Field key and part (surveys.answerbook.cells).
Slot: TypeAlias = tuple[str, str]


class NotOurs(ValueError):
    """The sheet is missing, damaged, or of another program."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which response the workbook was made for, by ids; the questionnaire's revision by number."""

    assignment: int
    survey: int
    organization: str
    revision: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The revision of the answer when the workbook was made, and the mark of what was written."""

    revision: int
    mark: str


@dataclass(frozen=True, slots=True)
class Codes:
    """Everything on the hidden sheet. ``sections`` are the titles that the sheets had."""

    identity: Identity
    sections: tuple[str, ...] = ()
    slots: Mapping[Place, Slot] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)

    def to_cells(self) -> list[str]:
        """The texts of column A, from the top."""
        each = self.identity
        document = {
            "kind": _KIND,
            "format": _FORMAT,
            "identity": [each.assignment, each.survey, each.organization, each.revision],
            "sections": self.sections,
            "slots": [[*place, *slot] for place, slot in self.slots.items()],
            "seen": {key: [seen.revision, seen.mark] for key, seen in self.seen.items()},
        }
        text = json.dumps(document, ensure_ascii=True, separators=(",", ":"))
        return [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]

    @classmethod
    def from_cells(cls, cells: Iterable[object]) -> Self:
        """The same read back. Raises NotOurs."""
        text = "".join(cell for cell in cells if isinstance(cell, str))
        if len(text) > _LONGEST:
            raise NotOurs
        try:
            return cls._from_json(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise NotOurs from error

    @classmethod
    def _from_json(cls, document: Mapping[str, Any]) -> Self:
        if document["kind"] != _KIND or document["format"] != _FORMAT:
            raise NotOurs
        assignment, survey, organization, revision = document["identity"]
        return cls(
            Identity(int(assignment), int(survey), str(organization), int(revision)),
            tuple(str(title) for title in document["sections"]),
            {
                (int(sheet), int(row), int(column)): (str(key), str(part))
                for sheet, row, column, key, part in document["slots"]
            },
            {key: Seen(int(n), str(mark)) for key, (n, mark) in document["seen"].items()},
        )
