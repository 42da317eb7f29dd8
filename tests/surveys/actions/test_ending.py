from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from surveys.actions import cancel_survey, close_survey, reopen_survey, save_answers
from surveys.fingerprint import frame_mark
from surveys.models import Answer
from surveys.states import SurveyState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import (
    answer,
    assignment_of,
    draft_survey,
    running_survey,
    submitted,
    survey_in_review,
)

pytestmark = pytest.mark.django_db


def test_a_draft_is_called_off_by_its_drafter_and_nobody_is_told() -> None:
    survey = draft_survey(OrganizationFactory.create())

    cancel_survey(survey, by=survey.created_by, reason="不要になった。")

    survey.refresh_from_db()
    assert (survey.state, survey.cancel_reason) == (SurveyState.CANCELLED, "不要になった。")
    assert survey.cancelled_at is not None
    assert OutboxMessage.objects.count() == 0


def test_an_open_one_is_called_off_by_an_approver_and_everybody_asked_is_told() -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    survey = running_survey(village, notify_by_mail=True)
    answer(assignment_of(survey, village), officer, staff="3")

    cancel_survey(survey, by=person_at(survey.division, Role.APPROVER), reason="重複のため。")

    survey.refresh_from_db()
    event = AuditEvent.objects.get(action="survey.cancelled")
    messages = OutboxMessage.objects.order_by("pk").values_list("kind", "subject_id", "state")
    assert survey.state == SurveyState.CANCELLED
    assert list(messages) == [
        ("survey_opened", survey.pk, MailState.CANCELLED),
        ("survey_cancelled", event.pk, MailState.PENDING),
    ]
    assert Answer.objects.get().value == 3
    with pytest.raises(Refused):
        save_answers(assignment_of(survey, village), by=officer, changes={"desk": ("true", 0)})


def test_who_calls_off() -> None:
    running = running_survey(OrganizationFactory.create())
    drafter = person_at(running.division, Role.DRAFTER)

    for person in (drafter, person_at(running.division, Role.VIEWER)):
        with pytest.raises(PermissionDenied):
            cancel_survey(running, by=person, reason="理由")
    with pytest.raises(PermissionDenied):
        cancel_survey(running, by=person_at(DivisionFactory.create()), reason="理由")


def test_what_is_not_called_off() -> None:
    closed = running_survey(OrganizationFactory.create())
    close_survey(closed, by=closed.created_by)
    waiting = survey_in_review(OrganizationFactory.create())
    running = running_survey(OrganizationFactory.create())
    seen = frame_mark(running)
    running.title = "改めた名称"
    running.save()

    for survey, reason, mark in (
        (closed, "理由", None),
        (waiting, "理由", None),
        (running, "理由", seen),
    ):
        with pytest.raises(Stale):
            cancel_survey(survey, by=survey.created_by, reason=reason, mark=mark)
    with pytest.raises(Refused):
        cancel_survey(running, by=running.created_by, reason=" ")


def test_it_takes_answers_again_until_a_new_day_and_tells_who_owes_one() -> None:
    village, town = OrganizationFactory.create_batch(2)
    owing, done = person_at(village), person_at(town)
    survey = running_survey(village, town)
    submitted(assignment_of(survey, town), done)
    close_survey(survey, by=survey.created_by)
    new_day = timezone.localdate() + timedelta(days=7)

    reopen_survey(survey, by=person_at(survey.division, Role.APPROVER), due_on=new_day)

    survey.refresh_from_db()
    assert (survey.state, survey.closed_at, survey.due_on) == (SurveyState.OPEN, None, new_day)
    assert list(OutboxMessage.objects.values_list("kind", "person")) == [
        ("survey_reopened", owing.pk)
    ]


def test_reopening_is_refused() -> None:
    survey = running_survey(OrganizationFactory.create())
    approver = person_at(survey.division, Role.APPROVER)
    today = timezone.localdate()
    with pytest.raises(Stale):
        reopen_survey(survey, by=approver, due_on=today)
    close_survey(survey, by=approver)

    with pytest.raises(Refused):
        reopen_survey(survey, by=approver, due_on=today - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        reopen_survey(survey, by=person_at(survey.division, Role.DRAFTER), due_on=today)
