"""What a filled workbook says, and how that is kept until it is taken over."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Complaint:
    """What could not be taken, and where it stands, in words."""

    place: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What an officer wrote into the cells of a field since the workbook was made.

    ``value`` is the JSON value, ``seen`` the revision of the answer that the workbook showed.
    """

    key: str
    value: object
    place: str
    seen: int


@dataclass(frozen=True, slots=True)
class BookReading:
    """All of it. ``revision`` is that of the questionnaire for which the workbook was made."""

    revision: int
    entries: tuple[Entry, ...]
    complaints: tuple[Complaint, ...]

    def to_json(self) -> dict[str, Any]:
        """The form in which it is stored."""
        return {
            "revision": self.revision,
            "entries": [astuple(each) for each in self.entries],
            "complaints": [astuple(each) for each in self.complaints],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The same, read back."""
        return cls(
            stored["revision"],
            tuple(Entry(*each) for each in stored["entries"]),
            tuple(Complaint(*each) for each in stored["complaints"]),
        )
