from datetime import timedelta

import pytest
from django.utils import timezone

from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from surveys.actions import close_survey, give_warning_reasons, submit
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState
from tests.factories.accounts import person_at
from tests.factories.surveys import COMPLETE, answer, assignment
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def complete() -> Assignment:
    asked = assignment()
    answer(asked, person_at(asked.organization), **COMPLETE)
    return asked


def test_it_gives_a_receipt_with_person_time_and_number() -> None:
    asked = complete()
    writer = person_at(asked.organization)

    number = submit(asked, by=writer)

    asked.refresh_from_db()
    event = AuditEvent.objects.get(action="assignment.submitted")
    assert asked.state == AssignmentState.SUBMITTED
    assert asked.submitted_by == writer
    assert asked.receipt_number == number
    assert number == f"2026-{asked.survey_id:04d}-{asked.organization.code}"
    assert (event.actor_id, event.detail) == (writer.pk, {"receipt_number": number})


@pytest.mark.parametrize(
    "values",
    [
        {"staff": ""},
        {"staff": "何人か"},
        {"desk": "true"},
        {"form": "9"},
        {"desk": "true", "name": "窓口", "cases__new__m": "0", "cases__new__f": "1"},
    ],
    ids=["blank", "wrong", "newly visible", "free text missing", "cells missing"],
)
def test_an_unfinished_response_is_refused(values: dict[str, str]) -> None:
    asked = complete()
    writer = person_at(asked.organization)
    answer(asked, writer, **values)

    with pytest.raises(Refused):
        submit(asked, by=writer)

    asked.refresh_from_db()
    assert (asked.state, asked.receipt_number) == (AssignmentState.DRAFTING, None)


def test_a_broken_rule_is_refused() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    cells = {"cases__new__m": "1", "cases__new__f": "1"}
    answer(asked, writer, desk="true", name="窓口", cases__old__m="0", cases__old__f="0", **cells)

    with pytest.raises(Refused):
        submit(asked, by=writer)


def test_a_warning_needs_a_reason() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    answer(asked, writer, staff="1")

    with pytest.raises(Refused):
        submit(asked, by=writer)
    give_warning_reasons(asked, by=writer, reasons={"few": "小規模な村のため。"})

    assert submit(asked, by=writer) != ""


def test_a_response_that_nobody_began_is_refused() -> None:
    asked = assignment()

    with pytest.raises(Refused):
        submit(asked, by=person_at(asked.organization))


def test_a_closed_survey_takes_nothing() -> None:
    asked = complete()
    close_survey(asked.survey, by=asked.survey.created_by)

    with pytest.raises(Refused):
        submit(asked, by=person_at(asked.organization))


@pytest.mark.parametrize(("days", "late"), [(0, False), (-1, True)])
def test_the_day_of_the_deadline_is_in_time(days: int, late: bool) -> None:
    asked = complete()
    due_on = timezone.localdate() + timedelta(days=days)
    Survey.objects.update(due_on=due_on, opens_on=due_on)
    submit(asked, by=person_at(asked.organization))

    stored = Assignment.objects.with_survey().get(pk=asked.pk)

    assert stored.is_late is late


def test_a_second_submission_is_refused_and_changes_nothing() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    submit(asked, by=writer)
    asked.refresh_from_db()

    with pytest.raises(Refused):
        submit(asked, by=person_at(asked.organization))

    stored = Assignment.objects.get(pk=asked.pk)
    assert (stored.submitted_by, stored.submitted_at) == (writer, asked.submitted_at)


def _two_windows() -> list[object]:
    asked = complete()
    writer = person_at(asked.organization)
    act = lambda: submit(asked, by=writer)  # noqa: E731 - the same act twice
    return at_once([act, act], before='UPDATE "surveys_assignment"')


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_give_one_submission() -> None:
    results = _two_windows()

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert AuditEvent.objects.filter(action="assignment.submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be_submitted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    results = _two_windows()

    assert [isinstance(result, str) for result in results] == [True, True]
    assert AuditEvent.objects.filter(action="assignment.submitted").count() == 2
