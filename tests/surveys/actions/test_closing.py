"""The clock closes what nobody may answer any more, and nothing before."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from surveys.actions import (
    ask_extension,
    close_overdue,
    close_survey,
    decide_extensions,
    reopen_survey,
    submit,
)
from surveys.models import Assignment, Survey
from surveys.schedule import close_due
from surveys.states import SurveyState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import COMPLETE, answer, assignment, assignment_of, running_survey
from tests.moved_clock import set_database_time
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
MILLISECOND = timedelta(milliseconds=1)


def overdue() -> Assignment:
    """Of a survey that takes nothing late and whose last day was yesterday."""
    asked = assignment()
    yesterday = timezone.localdate() - timedelta(days=1)
    opened = yesterday - timedelta(days=20)
    Survey.objects.update(accepts_late=False, opens_on=opened, due_on=yesterday)
    return Assignment.objects.with_survey().get(pk=asked.pk)


def states() -> list[str]:
    return list(Survey.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("moment", "state"), [(-MILLISECOND, SurveyState.OPEN), (timedelta(), SurveyState.CLOSED)]
)
def test_it_closes_with_the_deadline_in_japan(moment: timedelta, state: SurveyState) -> None:
    survey = running_survey(OrganizationFactory.create(), accepts_late=False)
    set_database_time(survey.deadline + moment)

    close_due()

    assert states() == [state]


def test_what_takes_answers_late_stays_open_until_its_division_closes_it() -> None:
    survey = running_survey(OrganizationFactory.create(), accepts_late=True)
    set_database_time(survey.deadline + timedelta(days=400))

    close_due()

    assert states() == [SurveyState.OPEN]


def test_an_organization_with_more_time_hands_in_until_its_own_deadline() -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village, town, accepts_late=False)
    longer = assignment_of(survey, village)
    writer = person_at(village)
    answer(longer, writer, **COMPLETE)
    Assignment.objects.filter(pk=longer.pk).update(extended_to=survey.due_on + timedelta(days=3))
    longer.refresh_from_db()
    set_database_time(longer.deadline - MILLISECOND)
    close_due()
    open_still = states()

    receipt = submit(longer, by=writer)
    set_database_time(longer.deadline)
    close_due()

    assert (open_still, receipt != "") == ([SurveyState.OPEN], True)
    assert states() == [SurveyState.CLOSED]


def test_a_request_that_nobody_has_decided_keeps_it_open() -> None:
    asked = overdue()
    until = timezone.localdate() + timedelta(days=5)
    wanted = ask_extension(
        asked, by=person_at(asked.organization), until=until, reason="会議のため"
    )
    close_due()
    waiting = states()

    decide_extensions(asked.survey, [wanted.pk], by=asked.survey.created_by, granted=False)
    close_due()

    assert (waiting, states()) == ([SurveyState.OPEN], [SurveyState.CLOSED])


def test_the_trail_names_the_clock_and_a_second_time_changes_nothing() -> None:
    survey = overdue().survey

    closed = [close_overdue(survey), close_overdue(survey)]

    assert closed == [True, False]
    event = AuditEvent.objects.get(action="survey.closed")
    assert (event.actor, event.target_id) == (None, survey.pk)


def test_reopened_it_stays_open_until_its_new_day_for_all() -> None:
    asked = overdue()
    Assignment.objects.update(extended_to=asked.survey.due_on)
    close_survey(asked.survey, by=asked.survey.created_by)
    new_day = timezone.localdate() + timedelta(days=7)

    reopen_survey(asked.survey, by=person_at(asked.survey.division, Role.APPROVER), due_on=new_day)
    close_due()

    asked = Assignment.objects.with_survey().get(pk=asked.pk)
    assert (states(), asked.due_on) == ([SurveyState.OPEN], new_day)


@pytest.mark.django_db(transaction=True)
def test_two_workers_close_it_once() -> None:
    survey = overdue().survey

    closed = _closed_twice_at_once(survey)

    assert sorted(closed) == [False, True]
    assert AuditEvent.objects.filter(action="survey.closed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_close_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    survey = overdue().survey

    _closed_twice_at_once(survey)

    assert AuditEvent.objects.filter(action="survey.closed").count() == 2


@pytest.mark.django_db(transaction=True)
def test_closed_or_asked_for_more_time_never_both() -> None:
    closed, wanted = _closed_beside_asking(overdue())

    if closed is True:
        assert isinstance(wanted, Refused)
    else:
        assert (closed, wanted.state, states()) == (False, "asked", [SurveyState.OPEN])


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_request_would_wait_at_a_closed_survey(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_locks(monkeypatch)

    closed, wanted = _closed_beside_asking(overdue())

    assert (closed, wanted.state, states()) == (True, "asked", [SurveyState.CLOSED])


def _closed_twice_at_once(survey: Survey) -> list[bool]:
    return at_once([lambda: close_overdue(survey)] * 2, before='UPDATE "surveys_survey"')


def _closed_beside_asking(asked: Assignment) -> list[Any]:
    by, until = person_at(asked.organization), timezone.localdate() + timedelta(days=5)
    return at_once(
        [
            lambda: close_overdue(asked.survey),
            lambda: ask_extension(asked, by=by, until=until, reason="会議のため"),
        ],
        before=('UPDATE "surveys_survey"', 'INSERT INTO "surveys_extensionrequest"'),
    )
