"""The clock closes what nobody may answer any more, and nothing before."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.models import Organization
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.tasks import deliver_due
from surveys.actions import (
    ask_extension,
    close_overdue,
    close_survey,
    decide_extensions,
    follow_mergers,
    reopen_survey,
    submit,
)
from surveys.actions.lapsing import CLOSED_BY_HAND, UNDECIDED
from surveys.models import Assignment, ExtensionRequest, Survey
from surveys.schedule import close_due
from surveys.states import ExtensionState, SurveyState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import (
    COMPLETE,
    answer,
    assignment,
    assignment_of,
    running_survey,
    submitted,
)
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


def asking(asked: Assignment) -> ExtensionRequest:
    until = timezone.localdate() + timedelta(days=30)
    return ask_extension(asked, by=person_at(asked.organization), until=until, reason="会議のため")


@pytest.mark.parametrize(
    ("moment", "state"), [(-MILLISECOND, SurveyState.OPEN), (timedelta(), SurveyState.CLOSED)]
)
def test_it_waits_seven_days_for_a_decision(moment: timedelta, state: SurveyState) -> None:
    asked = overdue()
    asking(asked)
    set_database_time(asked.deadline + timedelta(days=7) + moment)

    close_due()

    assert states() == [state]


def test_what_nobody_decided_is_refused_and_both_are_told(mailoutbox: list[EmailMessage]) -> None:
    asked = overdue()
    wanted = asking(asked)
    OutboxMessage.objects.all().delete()
    Survey.objects.update(due_on=asked.due_on - timedelta(days=7))

    close_due()
    deliver_due()

    wanted.refresh_from_db()
    assert (wanted.state, wanted.remark) == (ExtensionState.REFUSED, UNDECIDED)
    assert {(mail.to[0], mail.subject) for mail in mailoutbox} == {
        (wanted.asked_by.email, "［OnePublic］【期限の延長の決定】相談体制の調査"),
        (
            asked.survey.created_by.email,
            "［OnePublic］【決定しなかった期限の延長の申請】相談体制の調査",
        ),
    }
    assert all("期限から7日以内に決定がなかったため" in mail.body for mail in mailoutbox)
    trail = AuditEvent.objects.get(action="assignment.extension_refused")
    assert (trail.actor, trail.target_id) == (None, asked.pk)


def test_a_request_of_what_a_successor_has_taken_over_keeps_nothing_open() -> None:
    asked = overdue()
    town = OrganizationFactory.create()
    wanted = asking(asked)
    Organization.objects.filter(pk=asked.organization_id).update(
        valid_to=timezone.localdate() - timedelta(days=1), successor=town
    )

    follow_mergers(asked.survey)
    close_due()

    wanted.refresh_from_db()
    assert (wanted.state, states()) == (ExtensionState.WITHDRAWN, [SurveyState.CLOSED])


def test_time_granted_to_what_a_successor_has_taken_over_keeps_nothing_open() -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village, town, accepts_late=False)
    Assignment.objects.filter(pk=assignment_of(survey, village).pk).update(
        extended_to=survey.due_on + timedelta(days=9), succeeded_by=assignment_of(survey, town)
    )
    set_database_time(survey.deadline)

    close_due()

    assert states() == [SurveyState.CLOSED]


def test_a_request_of_who_has_handed_in_keeps_nothing_open() -> None:
    asked = overdue()
    asking(asked)
    Survey.objects.update(accepts_late=True)
    submitted(asked)
    Survey.objects.update(accepts_late=False)

    close_due()

    assert states() == [SurveyState.CLOSED]


def test_closing_by_hand_refuses_what_waits_and_says_so_before(client: Client) -> None:
    asked = assignment()
    wanted = asking(asked)
    client.force_login(asked.survey.created_by)
    path = f"/surveys/managed/{asked.survey.pk}/closing/"

    page = client.get(path)
    client.post(path)

    wanted.refresh_from_db()
    assert "決定を待つ申請は不承認となり" in page.content.decode()
    assert (wanted.state, wanted.remark) == (ExtensionState.REFUSED, CLOSED_BY_HAND)


def test_both_pages_say_until_when_it_is_waited(client: Client) -> None:
    asked = overdue()
    wanted = asking(asked)
    pages = []

    for person, path in (
        (asked.survey.created_by, f"/surveys/managed/{asked.survey.pk}/"),
        (asked.survey.created_by, f"/surveys/managed/{asked.survey.pk}/extensions/"),
        (wanted.asked_by, f"/surveys/assignments/{asked.pk}/extension/"),
    ):
        client.force_login(person)
        pages.append(client.get(path).content.decode())

    last = wareki(asked.due_on + timedelta(days=7))
    words = (
        "期限から7日以内に決定しないとき",
        f"{last}までに決定してください",
        "期限から7日以内に決定がないとき",
    )
    assert [word in page for word, page in zip(words, pages, strict=True)] == [True] * 3


def test_a_decision_of_the_clock_names_nobody(client: Client) -> None:
    asked = overdue()
    wanted = asking(asked)
    Survey.objects.update(due_on=asked.due_on - timedelta(days=7))
    close_due()
    client.force_login(asked.survey.created_by)

    page = client.get(f"/surveys/managed/{asked.survey.pk}/extensions/").content.decode()

    assert "に自動で決定" in page
    assert wanted.asked_by.name not in page


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
def test_granted_by_the_division_or_refused_by_the_clock_never_both() -> None:
    closed, granted = _closed_beside_granting(left_undecided())

    wanted = ExtensionRequest.objects.get()
    assert (closed, isinstance(granted, Refused), states()[0], wanted.state) in {
        (True, True, SurveyState.CLOSED, ExtensionState.REFUSED),
        (False, False, SurveyState.OPEN, ExtensionState.GRANTED),
        (True, False, SurveyState.CLOSED, ExtensionState.REFUSED),
    }
    assert AuditEvent.objects.filter(action__startswith="assignment.extension_").count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be_both(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    closed, granted = _closed_beside_granting(left_undecided())

    assert (closed, granted) == (True, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_request_would_wait_at_a_closed_survey(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_locks(monkeypatch)

    closed, wanted = _closed_beside_asking(overdue())

    assert (closed, wanted.state, states()) == (True, "asked", [SurveyState.CLOSED])


def left_undecided() -> ExtensionRequest:
    """The eighth day after the deadline has begun."""
    asked = overdue()
    wanted = asking(asked)
    Survey.objects.update(due_on=asked.due_on - timedelta(days=7))
    return ExtensionRequest.objects.select_related("assignment__survey").get(pk=wanted.pk)


def _closed_beside_granting(wanted: ExtensionRequest) -> list[Any]:
    survey = wanted.assignment.survey
    return at_once(
        [
            lambda: close_overdue(survey),
            lambda: decide_extensions(survey, [wanted.pk], by=survey.created_by, granted=True),
        ],
        before=('UPDATE "surveys_survey"', 'UPDATE "surveys_extensionrequest"'),
    )


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
