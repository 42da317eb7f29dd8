from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    ask_extension,
    close_survey,
    decide_extensions,
    return_responses,
    submit,
    withdraw_extension,
)
from surveys.models import Assignment, ExtensionRequest
from surveys.states import ExtensionState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import (
    COMPLETE,
    answer,
    assignment,
    assignment_of,
    running_survey,
    submitted,
)
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 18)


def asking(asked: Assignment | None = None, until: date = LATER) -> ExtensionRequest:
    """A request that waits."""
    asked = asked or assignment()
    writer = person_at(asked.organization)
    return ask_extension(asked, by=writer, until=until, reason="議会の会期と重なるため。")


def decide(request: ExtensionRequest, *, granted: bool, **words: Any) -> int:
    survey = request.assignment.survey
    return decide_extensions(survey, [request.pk], by=survey.created_by, granted=granted, **words)


def mailed(kind: str) -> set[User]:
    rows = OutboxMessage.objects.filter(kind=kind).select_related("person")
    return {message.person for message in rows}


def test_the_division_is_told_of_a_request() -> None:
    asked = assignment()
    drafter = person_at(asked.survey.division, Role.DRAFTER)
    person_at(asked.survey.division, Role.VIEWER)

    request = asking(asked)

    assert (request.state, request.until) == (ExtensionState.ASKED, LATER)
    assert mailed("extension_asked") == {asked.survey.created_by, drafter}
    assert AuditEvent.objects.filter(action="assignment.extension_asked").count() == 1


def test_a_day_not_after_the_present_deadline_is_refused() -> None:
    asked = assignment()

    with pytest.raises(Refused, match="令和８年12月11日"):
        asking(asked, until=asked.survey.due_on)


def test_one_request_waits_at_a_time() -> None:
    request = asking()

    with pytest.raises(Refused, match="すでに申請中"):
        asking(request.assignment)
    withdraw_extension(request, by=person_at(request.assignment.organization))
    asking(request.assignment)

    states = ExtensionRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ExtensionState.WITHDRAWN, ExtensionState.ASKED]


def test_granted_it_moves_the_deadline_of_this_organization_alone() -> None:
    town, village = OrganizationFactory.create_batch(2)
    survey = running_survey(town, village)
    request = asking(assignment_of(survey, town))

    assert decide(request, granted=True, remark="この日までにお願いします。") == 1

    request.refresh_from_db()
    days = [assignment_of(survey, one).due_on for one in (town, village)]
    assert days == [LATER, survey.due_on]
    assert (request.state, request.remark) == (
        ExtensionState.GRANTED,
        "この日までにお願いします。",
    )
    assert mailed("extension_decided") == {request.asked_by}


def test_refused_it_moves_nothing() -> None:
    request = asking()
    decide(request, granted=False, remark="集計の都合によります。")

    request.refresh_from_db()

    assert (request.state, request.assignment.extended_to) == (ExtensionState.REFUSED, None)
    assert mailed("extension_decided") == {request.asked_by}


def test_many_are_decided_at_once_for_their_own_days_or_for_one() -> None:
    towns = OrganizationFactory.create_batch(3)
    survey = running_survey(*towns)
    requests = [
        asking(assignment_of(survey, town), until=LATER + timedelta(days=number))
        for number, town in enumerate(towns)
    ]
    by = survey.created_by

    decide_extensions(survey, [r.pk for r in requests[:2]], by=by, granted=True)
    decide_extensions(survey, [requests[2].pk], by=by, granted=True, until=date(2026, 12, 15))

    days = [assignment_of(survey, town).extended_to for town in towns]
    assert days == [LATER, LATER + timedelta(days=1), date(2026, 12, 15)]
    assert AuditEvent.objects.filter(action="assignment.extension_granted").count() == 3


def test_one_day_for_all_must_be_after_the_surveys_own() -> None:
    request = asking()

    with pytest.raises(Refused, match="より後の日"):
        decide(request, granted=True, until=request.assignment.survey.due_on)

    assert ExtensionRequest.objects.waiting().count() == 1


def test_what_was_withdrawn_or_decided_is_passed_over() -> None:
    request = asking()
    withdraw_extension(request, by=person_at(request.assignment.organization))

    assert decide(request, granted=True) == 0

    with pytest.raises(Stale):
        withdraw_extension(request, by=person_at(request.assignment.organization))
    assert Assignment.objects.get().extended_to is None


def test_another_surveys_requests_are_passed_over() -> None:
    request, other = asking(), running_survey(OrganizationFactory.create())

    assert decide_extensions(other, [request.pk], by=other.created_by, granted=True) == 0


def test_whoever_hands_in_needs_no_more_time() -> None:
    request = asking()
    asked = request.assignment
    answer(asked, request.asked_by, **COMPLETE)
    submit(asked, by=request.asked_by)

    request.refresh_from_db()

    assert request.state == ExtensionState.WITHDRAWN
    with pytest.raises(Refused, match="提出済み"):
        asking(asked)


def test_a_closed_survey_knows_no_extension() -> None:
    request = asking()
    survey = request.assignment.survey
    other = assignment()
    for one in (survey, other.survey):
        close_survey(one, by=one.created_by)

    assert decide(request, granted=True) == 0
    with pytest.raises(Refused, match="受付を終了"):
        asking(other)


def test_what_nobody_can_decide_waits_for_nobody() -> None:
    """Neither on the home page nor beside the list of surveys."""
    request = asking()
    survey = request.assignment.survey
    waiting = ExtensionRequest.objects.to_be_decided_by(survey.created_by)
    before = list(waiting)

    close_survey(survey, by=survey.created_by)

    assert (before, list(waiting.all())) == ([request], [])


def test_a_response_given_back_after_the_closing_gets_more_time() -> None:
    """It alone is open; without more time nobody could ever hand it in again."""
    done = submitted(assignment())
    survey = done.survey
    close_survey(survey, by=survey.created_by)
    return_responses(survey, [done.pk], by=survey.created_by, reason="単位の誤り")

    request = asking(done)
    decide(request, granted=True)

    assert Assignment.objects.get(pk=done.pk).extended_to == LATER
    again = asking(done, until=LATER + timedelta(days=7))
    assert list(ExtensionRequest.objects.to_be_decided_by(survey.created_by)) == [again]


def test_its_pages_offer_that(client: Client) -> None:
    done = submitted(assignment())
    survey, writer = done.survey, person_at(done.organization)
    close_survey(survey, by=survey.created_by)
    return_responses(survey, [done.pk], by=survey.created_by, reason="単位の誤り")
    address = f"/surveys/assignments/{done.pk}/extension/"
    client.force_login(writer)
    page = client.get(f"/surveys/assignments/{done.pk}/")
    offered = client.get(address).context["form"]
    asking(done)
    client.force_login(survey.created_by)
    decided = client.get(f"/surveys/managed/{survey.pk}/extensions/")

    assert address in page.content.decode()
    assert (offered is not None, decided.context["can_decide"]) == (True, True)


def test_one_day_for_all_takes_no_time_from_anybody() -> None:
    first = asking(until=LATER)
    decide(first, granted=True)
    again = asking(first.assignment, until=LATER + timedelta(days=7))

    with pytest.raises(Refused, match="現在の期限より後の日とならない"):
        decide(again, granted=True, until=LATER - timedelta(days=1))

    assert Assignment.objects.get(pk=first.assignment.pk).extended_to == LATER


STEPS: dict[str, Callable[[ExtensionRequest, User], object]] = {
    "ask": lambda request, by: ask_extension(request.assignment, by=by, until=LATER, reason="理由"),
    "withdraw": lambda request, by: withdraw_extension(request, by=by),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_only_writers_of_the_asked_ask(step: Callable[[ExtensionRequest, User], object]) -> None:
    request = asking()
    strangers = [
        person_at(request.assignment.organization, Role.VIEWER),
        person_at(OrganizationFactory.create()),
        request.assignment.survey.created_by,
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            step(request, stranger)


def test_only_the_division_that_runs_the_survey_decides() -> None:
    request = asking()
    survey = request.assignment.survey
    strangers = [
        request.asked_by,
        person_at(survey.division, Role.VIEWER),
        person_at(DivisionFactory.create()),
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            decide_extensions(survey, [request.pk], by=stranger, granted=True)


def _granted_and_refused_at_once() -> list[object]:
    request = asking()
    return at_once(
        [lambda: decide(request, granted=True), lambda: decide(request, granted=False)],
        before='UPDATE "surveys_extensionrequest"',
    )


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one() -> None:
    results = _granted_and_refused_at_once()

    assert sorted(map(str, results)) == ["0", "1"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    results = _granted_and_refused_at_once()

    assert results == [1, 1]
