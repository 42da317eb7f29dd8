"""Whatever was done in the builder can be taken back wholly and made again."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onepublic.core.errors import Refused
from surveys.actions import apply_step, redo, take_over_questions, undo
from surveys.authoring import change_section, find_question
from surveys.models import QuestionnaireRevision
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import DOCUMENT, draft_survey, running_survey
from tests.surveys.authoring.test_properties import random_step
from tests.surveys.questionnaire.building import Json, unhurried
from tests.surveys.questionnaire.definitions import documents

pytestmark = pytest.mark.django_db
few = settings(unhurried, max_examples=25, suppress_health_check=[*HealthCheck])
Move = Callable[..., str]


def now(revision: QuestionnaireRevision) -> Json:
    revision.refresh_from_db()
    document: Json = revision.document
    return document


def all_the_way(revision: QuestionnaireRevision, move: Move) -> list[Json]:
    """The documents that undo or redo show, until there is nothing left."""
    shown: list[Json] = []
    while True:
        try:
            move(revision, by=revision.survey.created_by, edit=revision.edit)
        except Refused:
            return shown
        shown.append(now(revision))


@few
@given(documents(), st.data())
def test_any_steps_taken_back_wholly_give_the_first_and_made_again_the_last(
    document: Json, data: st.DataObject
) -> None:
    revision = draft_survey(document=document).revisions.get()
    by, seen = revision.survey.created_by, [now(revision)]
    for _ in range(data.draw(st.integers(1, 12))):
        goes_on = data.draw(st.booleans())
        step = random_step(data, revision.document)
        try:
            apply_step(revision, step, by=by, edit=revision.edit, continues=goes_on)
        except Refused:
            continue
        if now(revision) != seen[-1]:
            typing_on = goes_on and len(seen) > 1
            seen = [*(seen[:-1] if typing_on else seen), revision.document]

    backwards = all_the_way(revision, undo)
    forwards = all_the_way(revision, redo)

    assert backwards == seen[-2::-1]
    assert forwards == seen[1:]


@few
@given(documents(), st.data())
def test_a_step_after_taking_back_comes_in_the_place_of_what_was_undone(
    document: Json, data: st.DataObject
) -> None:
    revision = draft_survey(document=document).revisions.get()
    by, first = revision.survey.created_by, now(revision)
    section = document["sections"][0]["id"]
    for title in ("一", "二", "三"):
        step = partial(change_section, section_id=section, title=title)
        apply_step(revision, step, by=by, edit=revision.edit)
        now(revision)
    now(revision)
    for _ in range(data.draw(st.integers(1, 3))):
        undo(revision, by=by, edit=revision.edit)
        now(revision)

    step = partial(change_section, section_id=section, title="四")
    apply_step(revision, step, by=by, edit=revision.edit)
    last = now(revision)

    assert all_the_way(revision, redo) == []
    assert all_the_way(revision, undo)[-1] == first
    assert all_the_way(revision, redo)[-1] == last


def test_questions_taken_over_from_the_round_before_are_a_step_like_others() -> None:
    previous = running_survey(OrganizationFactory.create())
    survey = draft_survey(
        division=previous.division,
        by=previous.created_by,
        previous=previous,
    )
    revision = survey.revisions.get()
    revision.document = {"sections": [], "rules": []}
    revision.save()

    take_over_questions(survey, by=survey.created_by)
    taken = now(revision)

    assert find_question(taken, "staff")[1] == find_question(DOCUMENT, "staff")[1]
    assert all_the_way(revision, undo) == [{"sections": [], "rules": []}]
    assert all_the_way(revision, redo) == [taken]
