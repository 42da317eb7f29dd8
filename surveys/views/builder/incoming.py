"""What the confirmation of an import shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from surveys.authoring import Json, all_questions, short
from surveys.authoring.catalogue import TYPE_LABELS


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question that comes in: its words, its type, and whether its id is new to the draft."""

    label: str
    type: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions that come in, by section, beside those of the draft."""

    sections: Sequence[tuple[str, Sequence[ShownQuestion]]]
    questions: int
    rules: int
    questions_now: int
    removed: Sequence[str]

    @classmethod
    def of(cls, now: Json, coming: Json) -> Self:
        """Compare the draft with a document that parses; ``removed`` are words of the draft's."""
        before = {question["id"]: question for question in all_questions(now)}
        after = {question["id"] for question in all_questions(coming)}
        sections = [
            (section["title"], [_shown(question, before) for question in section["questions"]])
            for section in coming["sections"]
        ]
        removed = [short(question) for id_, question in before.items() if id_ not in after]
        return cls(sections, len(after), len(coming["rules"]), len(before), removed)


def _shown(question: Json, before: Json) -> ShownQuestion:
    return ShownQuestion(
        short(question).strip("「」"), TYPE_LABELS[question["type"]], question["id"] not in before
    )
