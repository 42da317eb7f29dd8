"""What is compared: a question, or a column of a table, before and after."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.questionnaire.document import Field
from surveys.questionnaire.revising.changes import Change, Touch

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """``before`` and ``after`` as they are written; ``fields`` are its fields before. ``where``
    stands before what is said of a part of the question (「費用」の).
    """

    question_id: str
    label: str
    before: Json
    after: Json
    fields: tuple[Field, ...]
    where: str = ""

    def change(
        self,
        text: str,
        touch: Touch = Touch.NOBODY,
        only: Callable[[Field], bool] = lambda field: True,
    ) -> Change:
        """A change of it that touches those of its fields that are chosen."""
        keys = tuple(field.key for field in self.fields if only(field))
        reached = keys if touch in (Touch.ANSWERED, Touch.REFUSED) else ()
        return Change(self.question_id, self.label, f"{self.where}{text}", touch, reached)

    def part(
        self, before: Json, after: Json, where: str, only: Callable[[Field], bool]
    ) -> "Subject":
        """A part of it, such as a column of its table."""
        fields = tuple(field for field in self.fields if only(field))
        return Subject(self.question_id, self.label, before, after, fields, where)


def by_id(parts: object, key: str = "id") -> dict[str, Json]:
    """Rows, columns or options by their id, in their order."""
    return {part[key]: part for part in parts} if isinstance(parts, list) else {}


def told(label: str) -> str:
    """A label as it is cited."""
    return f"「{label}」"


Changes = Iterator[Change]
