"""What a response shows, without judging what is in it: for compiling thousands of them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.conditions import Condition
from surveys.questionnaire.document import Question, Questionnaire, Section
from surveys.questionnaire.kinds import CalculatedAnswer
from surveys.questionnaire.previous import facts_of_previous
from surveys.questionnaire.reading import Reading

# A condition, a question to read behind it, and fields that show behind it in any case.
_Step: TypeAlias = tuple[Condition | None, Question | None, frozenset[str]]


def visible_fields_of(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    respondent: Respondent,
    *,
    previous: Mapping[str, object] | None = None,
) -> set[str]:
    """Return the keys of the visible fields: the same as `evaluate` finds, some times faster.

    Only questions that conditions read, free texts and growing tables are looked into.
    """
    reading = Reading(answers, respondent)
    if previous is not None and questionnaire.previous_keys:
        reading.facts.previous = facts_of_previous(previous, questionnaire.previous_keys)
    visible: set[str] = set()
    for section_condition, steps in _plan(questionnaire):
        if section_condition is not None and not section_condition.holds(reading.facts):
            continue
        for condition, question, keys in steps:
            if condition is None or condition.holds(reading.facts):
                visible |= keys
                if question is not None:
                    reading.read(question, questionnaire.fields_of(question.id))
    return visible.union(reading.fields)


@lru_cache(maxsize=16)
def _plan(questionnaire: Questionnaire) -> tuple[tuple[Condition | None, tuple[_Step, ...]], ...]:
    """Work out once what each section needs; a questionnaire is its own key."""
    read = _read_by_conditions(questionnaire)
    return tuple(
        (section.visible_if, tuple(_steps(questionnaire, section, read)))
        for section in questionnaire.sections
    )


def _steps(questionnaire: Questionnaire, section: Section, read: set[str]) -> Iterator[_Step]:
    """Yield the questions to read in their order, and at once what shows with the section."""
    always: set[str] = set()
    for question in section.questions:
        fields = questionnaire.fields_of(question.id)
        grows = question.table is not None and question.table.dynamic
        varies = grows or any(field.option is not None for field in fields)
        if question.id in read or varies:
            yield question.visible_if, question, frozenset()
        elif question.visible_if is not None:
            yield question.visible_if, None, frozenset(field.key for field in fields)
        else:
            always.update(field.key for field in fields)
    yield None, None, frozenset(always)


def _read_by_conditions(questionnaire: Questionnaire) -> set[str]:
    """Return the questions that conditions read, and those that their calculations read."""
    parts: list[Section | Question] = [*questionnaire.sections, *questionnaire.questions]
    conditions = [part.visible_if for part in parts if part.visible_if is not None]
    read = {question_id for each in conditions for question_id in each.question_ids()}
    for question in reversed(questionnaire.questions):
        if question.id in read and isinstance(question.answer, CalculatedAnswer):
            read.update(question_id for question_id, _ in question.answer.formula.reads())
    return read
