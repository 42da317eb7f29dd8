"""A few fields of a questionnaire with just what decides on them: for one question of thousands of
responses, of which hundreds are stored.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from surveys.questionnaire.document import Question, Questionnaire
from surveys.questionnaire.fields import assemble
from surveys.questionnaire.kinds import CalculatedAnswer
from surveys.questionnaire.previous import questions_of_previous


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``questionnaire`` shows and calculates the fields as the whole one does, when it is given the
    values under ``keys`` alone.
    """

    questionnaire: Questionnaire
    keys: frozenset[str]


def excerpt(questionnaire: Questionnaire, field_keys: Collection[str]) -> Excerpt:
    """The excerpt for these fields; a key that the questionnaire does not know stays a key."""
    known = questionnaire.fields_by_key
    fields = [known[key] for key in field_keys if key in known]
    chosen = {field.question.id: field.question for field in fields}
    read = _read_for(questionnaire, chosen.values())
    keys = set(field_keys)
    for question_id in read | {each.id for each in chosen.values() if _varies(each)}:
        keys.update(field.key for field in questionnaire.fields_of(question_id))
    return Excerpt(_cut(questionnaire, read | chosen.keys()), frozenset(keys))


def _varies(question: Question) -> bool:
    """Whether its fields show by what is in others of them: rows that are added, free texts."""
    grows = question.table is not None and question.table.dynamic
    return grows or any(option.free_text is not None for option in question.options)


def _read_for(questionnaire: Questionnaire, questions: Iterable[Question]) -> set[str]:
    """The questions that conditions and formulas read, and what those of them hang on in turn."""
    found: set[str] = set()
    waiting = list(questions)
    while waiting:
        further = set(_reads(questionnaire, waiting.pop())) - found
        found |= further
        waiting += [questionnaire.question(each) for each in further]
    return found


def _reads(questionnaire: Questionnaire, question: Question) -> Iterator[str]:
    for part in (questionnaire.section_by_question[question.id], question):
        if part.visible_if is not None:
            yield from part.visible_if.question_ids()
    if isinstance(question.answer, CalculatedAnswer):
        yield from (question_id for question_id, _ in question.answer.formula.reads())
        yield from questions_of_previous([question.answer.formula])


def _cut(questionnaire: Questionnaire, kept: Collection[str]) -> Questionnaire:
    """Without rules: they judge answers, and neither show nor calculate."""
    sections = (
        replace(section, questions=tuple(each for each in section.questions if each.id in kept))
        for section in questionnaire.sections
    )
    return assemble(tuple(section for section in sections if section.questions), ())
