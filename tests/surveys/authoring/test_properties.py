"""Any sequence of accepted steps leaves a questionnaire, and never an id that was there before."""

from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from surveys.authoring import (
    StepRefused,
    add_question,
    add_section,
    all_questions,
    change_question,
    duplicate_question,
    move_question,
    perform,
    remove_question,
    remove_rule,
    remove_section,
    retype_question,
    shift_question,
    shift_section,
)
from surveys.questionnaire import DefinitionError, QuestionType, parse_questionnaire
from tests.surveys.questionnaire.building import Json, unhurried
from tests.surveys.questionnaire.definitions import documents

TYPES = sorted(set(QuestionType) - {QuestionType.IMAGE})


def random_step(data: st.DataObject, document: Json) -> Any:
    """A step on parts that are there: any of them, sensible or not."""
    questions = [q["id"] for q in all_questions(document)] or ["q0"]
    sections = [section["id"] for section in document["sections"]] or ["s0"]
    question, other = (data.draw(st.sampled_from(questions)) for _ in range(2))
    section = data.draw(st.sampled_from(sections))
    type_, by = data.draw(st.sampled_from(TYPES)), data.draw(st.sampled_from([-1, 1]))
    content = next((q for q in all_questions(document) if q["id"] == other), {})
    rules = [rule["id"] for rule in document["rules"]] or ["r0"]
    steps = [
        partial(add_question, type_=type_, section=section),
        partial(add_question, type_=type_, section=section, after=question),
        partial(change_question, question_id=question, content=content),
        partial(retype_question, question_id=question, type_=type_),
        partial(duplicate_question, question_id=question),
        partial(shift_question, question_id=question, by=by),
        partial(move_question, question_id=question, section=section, after=other),
        partial(move_question, question_id=question, section=section),
        partial(remove_question, question_id=question),
        partial(add_section, after=section),
        partial(shift_section, section_id=section, by=by),
        partial(remove_section, section_id=section),
        partial(remove_rule, rule_id=data.draw(st.sampled_from(rules))),
    ]
    return data.draw(st.sampled_from(steps))


@unhurried
@given(documents(), st.data())
def test_whatever_is_done_the_result_can_be_read_and_ids_are_new(
    document: Json, data: st.DataObject
) -> None:
    seen = {question["id"] for question in all_questions(document)}
    for _ in range(data.draw(st.integers(1, 12))):
        before = {question["id"] for question in all_questions(document)}
        try:
            done = perform(document, random_step(data, document))
        except (StepRefused, DefinitionError):
            continue
        parse_questionnaire(done.document, draft=True)
        added = {question["id"] for question in all_questions(done.document)} - before
        assert not added & seen
        seen |= added
        document = done.document
