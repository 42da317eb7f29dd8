from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    approve,
    ask_for_approval,
    cancel_schedule,
    edit_survey,
    return_survey,
    withdraw_request,
)
from surveys.fingerprint import whole_mark
from surveys.models import Assignment, QuestionnaireRevision, Survey
from surveys.states import SurveyState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import draft_survey, scheduled_survey, survey_in_review
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def approver_of(survey: Survey) -> User:
    return person_at(survey.division, Role.APPROVER)


def soon_due(**fields: object) -> dict[str, object]:
    today = timezone.localdate()
    return {"opens_on": today, "due_on": today + timedelta(days=40)} | fields


def test_the_approvers_are_told_that_it_waits_and_the_drafter_is_not() -> None:
    survey = draft_survey(OrganizationFactory.create(), **soon_due())
    approver = approver_of(survey)

    ask_for_approval(survey, by=survey.created_by)

    survey.refresh_from_db()
    assert (survey.state, survey.submitted_by) == (SurveyState.IN_REVIEW, survey.created_by)
    event = AuditEvent.objects.get(action="survey.submitted")
    messages = OutboxMessage.objects.values_list("kind", "subject_id", "person")
    assert list(messages) == [("survey_approval_asked", event.pk, approver.pk)]


def test_what_can_not_be_opened_does_not_wait_for_approval() -> None:
    nobody_asked = draft_survey(**soon_due())
    overdue = draft_survey(
        OrganizationFactory.create(),
        opens_on=timezone.localdate() - timedelta(days=9),
        due_on=timezone.localdate() - timedelta(days=1),
    )

    for survey in (nobody_asked, overdue):
        with pytest.raises(Refused):
            ask_for_approval(survey, by=survey.created_by)
        survey.refresh_from_db()
        assert survey.state == SurveyState.DRAFT


def test_it_is_taken_back_to_go_on_writing() -> None:
    survey = survey_in_review(OrganizationFactory.create())

    withdraw_request(survey, by=survey.created_by)

    survey.refresh_from_db()
    assert survey.state == SurveyState.DRAFT
    with pytest.raises(Stale):
        approve(survey, by=approver_of(survey))


def test_it_is_returned_with_a_reason_that_its_drafter_is_told() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    drafter = survey.created_by
    OutboxMessage.objects.all().delete()

    return_survey(survey, by=approver_of(survey), reason="期限が短い。")

    survey.refresh_from_db()
    assert (survey.state, survey.return_reason) == (SurveyState.RETURNED, "期限が短い。")
    assert list(OutboxMessage.objects.values_list("kind", "person")) == [
        ("survey_returned", drafter.pk)
    ]
    ask_for_approval(survey, by=drafter)
    survey.refresh_from_db()
    assert (survey.state, survey.return_reason) == (SurveyState.IN_REVIEW, "")


def test_returning_needs_a_reason_and_something_that_waits() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    with pytest.raises(Refused):
        return_survey(survey, by=approver_of(survey), reason="　")

    scheduled = scheduled_survey(OrganizationFactory.create())
    with pytest.raises(Stale):
        return_survey(scheduled, by=approver_of(scheduled), reason="理由")


def test_approved_it_opens_at_once_when_its_day_has_come() -> None:
    village = OrganizationFactory.create()
    survey = survey_in_review(village)
    approver = approver_of(survey)

    asked = approve(survey, by=approver, mark=whole_mark(survey))

    survey.refresh_from_db()
    assert (asked, survey.state, survey.approved_by) == (1, SurveyState.OPEN, approver)
    actions = AuditEvent.objects.filter(target_id=survey.pk).values_list("action", "actor")
    assert list(actions.order_by("pk"))[-2:] == [
        ("survey.approved", approver.pk),
        ("survey.opened", approver.pk),
    ]


def test_approved_before_its_day_it_waits_for_it() -> None:
    survey = scheduled_survey(OrganizationFactory.create())

    assert (survey.state, survey.opened_at) == (SurveyState.SCHEDULED, None)
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(
    "hand",
    [
        lambda survey, by: edit_survey(survey, by=by, frame={"title": "別"}),
        lambda survey, by: QuestionnaireRevision.objects.filter(survey=survey).update(edited_by=by),
        lambda survey, by: survey.revisions.get().edits.create(
            number=1, what="設問の追加", document={}, made_by=by
        ),
        lambda survey, by: ask_for_approval(survey, by=by),
    ],
)
def test_whoever_has_a_hand_in_it_does_not_approve_it(
    hand: Callable[[Survey, User], object],
) -> None:
    survey = draft_survey(OrganizationFactory.create(), **soon_due())
    both = person_at(survey.division)
    hand(survey, both)
    survey.refresh_from_db()
    if survey.state != SurveyState.IN_REVIEW:
        ask_for_approval(survey, by=survey.created_by)

    for person in (both, survey.created_by):
        with pytest.raises(PermissionDenied):
            approve(survey, by=person)

    survey.refresh_from_db()
    assert survey.state == SurveyState.IN_REVIEW
    assert approve(survey, by=approver_of(survey)) == 1


def test_returning_is_no_hand_in_it() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    approver = approver_of(survey)
    return_survey(survey, by=approver, reason="理由")
    ask_for_approval(survey, by=survey.created_by)

    assert approve(survey, by=approver) == 1


def test_others_do_nothing_with_it() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    viewer, stranger = person_at(survey.division, Role.VIEWER), person_at(DivisionFactory.create())
    before = AuditEvent.objects.count()

    for person in (viewer, stranger):
        for verb in (ask_for_approval, withdraw_request, approve, cancel_schedule):
            with pytest.raises(PermissionDenied):
                verb(survey, by=person)
        with pytest.raises(PermissionDenied):
            return_survey(survey, by=person, reason="理由")

    assert AuditEvent.objects.count() == before


def test_what_changed_since_the_page_was_shown_is_not_approved() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    seen = whole_mark(survey)
    survey.revisions.update(edit=1)

    with pytest.raises(Stale):
        approve(survey, by=approver_of(survey), mark=seen)

    survey.refresh_from_db()
    assert survey.state == SurveyState.IN_REVIEW


def test_a_schedule_is_cancelled_and_its_drafters_have_it_again() -> None:
    survey = scheduled_survey(OrganizationFactory.create())

    cancel_schedule(survey, by=survey.created_by)

    survey.refresh_from_db()
    assert (survey.state, survey.approved_by) == (SurveyState.RETURNED, None)
    assert survey.return_reason == "受付開始の予約を取り消しました。"
    with pytest.raises(Stale):
        cancel_schedule(survey, by=survey.created_by)


def test_an_audience_that_became_empty_is_refused_at_the_last_moment() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    Survey.objects.update(stored_audience=AudienceRule().to_json())

    with pytest.raises(Refused):
        approve(survey, by=approver_of(survey))


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_open_it_once() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    people = [approver_of(survey), approver_of(survey)]

    results = at_once([partial(approve, survey, by=by) for by in people], before='UPDATE "surveys_')

    assert sorted(map(type, results), key=str) == [int, Stale]
    assert AuditEvent.objects.filter(action="survey.opened").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    survey = survey_in_review(OrganizationFactory.create())
    people = [approver_of(survey), approver_of(survey)]

    results = at_once([partial(approve, survey, by=by) for by in people], before='UPDATE "surveys_')

    assert not any(isinstance(result, Stale) for result in results)
