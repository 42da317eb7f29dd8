import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import close_survey, create_survey, open_survey, submit
from surveys.models import Assignment, Survey
from surveys.questionnaire import DefinitionError
from surveys.states import AssignmentState, SurveyState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import (
    COMPLETE,
    DOCUMENT,
    answer,
    assignment_of,
    draft_survey,
    running_survey,
)
from tests.surveys.racing import at_once

pytestmark = pytest.mark.django_db


def test_a_draft_holds_the_questions_as_its_first_revision() -> None:
    survey = draft_survey()

    revision = survey.revisions.get()
    assert survey.state == SurveyState.DRAFT
    assert (revision.number, revision.document, revision.published_at) == (1, DOCUMENT, None)


def test_a_wrong_document_is_refused_with_every_problem_and_nothing_is_written() -> None:
    question = {"id": "a", "type": "nonsense", "label": "x", "required": True}
    document = {"sections": [{"id": "s", "title": "節", "questions": [question]}], "rules": []}
    division = DivisionFactory.create()

    with pytest.raises(DefinitionError) as refusal:
        create_survey(document, by=person_at(division), division=division, title="調査")

    assert [problem.where for problem in refusal.value.problems] == ["a"]
    assert Survey.objects.count() == 0


def test_opening_asks_everyone_whom_the_audience_selects() -> None:
    village, town, _other = OrganizationFactory.create_batch(3)
    survey = draft_survey(village, town)

    asked = open_survey(survey, by=survey.created_by)

    revision = survey.revisions.get()
    rows = Assignment.objects.values_list("organization", "state", "revision", "receipt_number")
    assert asked == 2
    assert (survey.state, survey.opened_at) == (SurveyState.OPEN, revision.published_at)
    assert set(rows) == {
        (village.pk, AssignmentState.NOT_STARTED, revision.pk, None),
        (town.pk, AssignmentState.NOT_STARTED, revision.pk, None),
    }


@pytest.mark.parametrize("size", [1, 3])
def test_opening_costs_the_same_for_one_and_for_three(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = draft_survey(*OrganizationFactory.create_batch(size), notify_by_mail=True)

    with django_assert_num_queries(16):
        open_survey(survey, by=survey.created_by)


def test_opening_tells_the_people_at_the_windows() -> None:
    village = OrganizationFactory.create()
    people = [person_at(village), person_at(village, Role.VIEWER)]
    person_at(OrganizationFactory.create())
    survey = draft_survey(village, notify_by_mail=True)

    open_survey(survey, by=survey.created_by)

    messages = OutboxMessage.objects.values_list("kind", "subject_id", "person")
    assert set(messages) == {("survey_opened", survey.pk, person.pk) for person in people}


def test_opening_is_silent_when_mail_is_switched_off() -> None:
    village = OrganizationFactory.create()
    person_at(village)

    running_survey(village, notify_by_mail=False)

    assert OutboxMessage.objects.count() == 0


def test_a_survey_that_asks_nobody_is_not_opened() -> None:
    survey = draft_survey()

    with pytest.raises(Refused):
        open_survey(survey, by=survey.created_by)

    survey.refresh_from_db()
    assert (survey.state, survey.opened_at) == (SurveyState.DRAFT, None)


def test_a_survey_is_opened_once() -> None:
    survey = running_survey(OrganizationFactory.create())

    with pytest.raises(Stale):
        open_survey(survey, by=survey.created_by)

    assert survey.assignments.count() == 1


def test_a_later_organization_is_not_asked() -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)

    Organization.objects.filter(pk=village.pk).update(valid_to="2026-01-01")

    assert list(survey.assignments.values_list("organization", flat=True)) == [village.pk]


def test_closing_is_recorded() -> None:
    survey = running_survey(OrganizationFactory.create())
    runner = survey.created_by

    close_survey(survey, by=runner)

    events = AuditEvent.objects.filter(target_id=survey.pk).order_by("pk")
    assert survey.state == SurveyState.CLOSED
    assert survey.closed_at is not None
    assert list(events.values_list("action", "actor")) == [
        ("survey.created", runner.pk),
        ("survey.opened", runner.pk),
        ("survey.closed", runner.pk),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_submission_under_way_ends_before_the_survey_closes() -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    asked, writer = assignment_of(survey, village), person_at(village)
    answer(asked, writer, **COMPLETE)

    receipt, _ = at_once(
        [lambda: submit(asked, by=writer), lambda: close_survey(survey, by=survey.created_by)],
        before='UPDATE "surveys_',
    )

    asked.refresh_from_db()
    survey.refresh_from_db()
    was_in_time = asked.submitted_at is not None and asked.submitted_at <= survey.closed_at  # type: ignore[operator]
    assert isinstance(receipt, Refused) or was_in_time
