"""Parts of a response: which division works on which section, and whether it is done."""

from collections.abc import Collection
from typing import NamedTuple

from surveys.models import Assignment
from surveys.questionnaire import Questionnaire


class Part(NamedTuple):
    """The division that a section was handed to (None: the one that gathers), and its mark."""

    division_id: int | None
    is_done: bool


def parts_of(assignment: Assignment) -> dict[str, Part]:
    """By section id; sections that nobody handed over or marked are missing. One query."""
    rows = assignment.section_works.values_list("section_id", "division", "done_at")
    return {section: Part(division, done_at is not None) for section, division, done_at in rows}


def section_of(questionnaire: Questionnaire, key: str) -> str:
    """The id of the section in which the field stands."""
    field = questionnaire.field(key)
    return questionnaire.section_by_question[field.question.id].id


def sections_of(questionnaire: Questionnaire, keys: Collection[str]) -> set[str]:
    """The ids of the sections in which the fields stand."""
    return {section_of(questionnaire, key) for key in keys}
