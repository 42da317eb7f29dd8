"""What is stored of a response, as it is read and written: hundreds of fields at a time."""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.db import connection

from surveys.states import Origin

COLUMNS = """
json_object_agg(field, value)::text AS held_values,
json_object_agg(field, revision) FILTER (WHERE revision <> 1)::text AS held_revisions,
json_object_agg(field, origin) FILTER (WHERE origin <> 'typed')::text AS held_origins
"""
_READ = f"SELECT {COLUMNS} FROM surveys_answer WHERE assignment_id = %s"  # noqa: S608 - a constant


class Held(NamedTuple):
    """What is stored of one field: JSON value, number of writes, :class:`surveys.states.Origin`."""

    value: object
    revision: int
    origin: str

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it was taken over from the last round and nobody has looked at it."""
        return self.origin == Origin.CARRIED and self.value is not None


class Answers(Mapping[str, Held]):
    """What is stored by field key. ``stored`` are the JSON values alone, as the engine reads them:
    of each field a Held is made only when somebody looks at it.
    """

    __slots__ = ("_origins", "_revisions", "stored")

    def __init__(
        self,
        stored: dict[str, object],
        revisions: dict[str, int] | None = None,
        origins: dict[str, str] | None = None,
    ) -> None:
        """Fields are typed once where neither revision nor origin is given."""
        self.stored = stored
        self._revisions = revisions or {}
        self._origins = origins or {}

    @classmethod
    def of_row(cls, values: str | None, revisions: str | None, origins: str | None) -> "Answers":
        """From the texts of COLUMNS."""
        return cls(*(json.loads(text) if text else {} for text in (values, revisions, origins)))

    def __getitem__(self, key: str) -> Held:
        value = self.stored[key]
        return Held(value, self._revisions.get(key, 1), self._origins.get(key, Origin.TYPED))

    def __iter__(self) -> Iterator[str]:
        return iter(self.stored)

    def __len__(self) -> int:
        return len(self.stored)

    def __contains__(self, key: object) -> bool:
        return key in self.stored

    def with_written(self, written: Mapping[str, Held]) -> "Answers":
        """These answers after a write."""
        return Answers(
            self.stored | {key: held.value for key, held in written.items()},
            self._revisions | {key: held.revision for key, held in written.items()},
            self._origins | {key: held.origin for key, held in written.items()},
        )

    def unconfirmed(self) -> set[str]:
        """The fields that were taken over from the last round and that nobody has looked at."""
        carried = (key for key, origin in self._origins.items() if origin == Origin.CARRIED)
        return {key for key in carried if self.stored[key] is not None}


def read_answers(assignment_id: int) -> Answers:
    """All that is stored of a response: one query, one row."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [assignment_id])
        return Answers.of_row(*cursor.fetchone())
