"""More time for many that have not asked for it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from onepublic.mail.models import OutboxMessage
from surveys.actions import ask_extension, close_survey, give_time, return_responses
from surveys.models import Assignment, ExtensionRequest, Survey
from surveys.reminding import owing
from surveys.states import AssignmentState, ExtensionState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 25)
REASON = "台風の被害のため。"


class Asked:
    """A survey of as many villages, each with somebody who deals with it."""

    def __init__(self, size: int = 3) -> None:
        self.places = OrganizationFactory.create_batch(size)
        self.survey: Survey = running_survey(*self.places)
        self.people: list[User] = [person_at(place) for place in self.places]

    @property
    def rows(self) -> list[Assignment]:
        return [assignment_of(self.survey, place) for place in self.places]

    def give(self, until: date = LATER, *, by: User | None = None) -> int:
        keys = [row.pk for row in self.rows]
        by = by or self.survey.created_by
        return give_time(self.survey, keys, by=by, until=until, reason=REASON)


def test_each_has_the_day_and_is_told_and_both_sides_can_read_why() -> None:
    asked = Asked(2)

    assert asked.give() == 2

    kept = ExtensionRequest.objects.order_by("assignment").values_list("state", "until", "reason")
    assert [row.due_on for row in asked.rows] == [LATER, LATER]
    assert list(kept) == [(ExtensionState.GIVEN, LATER, REASON)] * 2
    told = OutboxMessage.objects.filter(kind="survey_time_given").values_list("person", flat=True)
    assert set(told) == {person.pk for person in asked.people}
    assert AuditEvent.objects.filter(action="assignment.time_given").count() == 2
    event = AuditEvent.objects.get(action="survey.time_given")
    assert event.detail == {"until": "2026-12-25", "reason": REASON, "organizations": 2}


def test_nobody_gets_less_and_what_is_handed_in_stays() -> None:
    asked = Asked(4)
    handed_in, later, succeeded, plain = asked.rows
    submitted(handed_in)
    Assignment.objects.filter(pk=later.pk).update(extended_to=LATER + timedelta(days=1))
    Assignment.objects.filter(pk=succeeded.pk).update(succeeded_by=plain)

    assert asked.give() == 1

    days = [row.extended_to for row in asked.rows]
    assert days == [None, LATER + timedelta(days=1), None, LATER]
    assert asked.give() == 0


def test_a_request_that_it_satisfies_is_granted_and_a_longer_one_waits() -> None:
    asked = Asked(2)
    for row, person, until in zip(
        asked.rows, asked.people, (LATER, LATER + timedelta(days=3)), strict=True
    ):
        ask_extension(row, by=person, until=until, reason="議会のため。")

    asked.give()

    states = ExtensionRequest.objects.order_by("assignment", "pk").values_list("state", flat=True)
    assert list(states) == [ExtensionState.GRANTED, ExtensionState.ASKED, ExtensionState.GIVEN]


def test_who_asked_is_told_once_wherever_they_work() -> None:
    asked = Asked(2)
    elsewhere = person_at(DivisionFactory.create(organization=asked.places[0]))
    for row, person in zip(asked.rows, (elsewhere, asked.people[1]), strict=True):
        ask_extension(row, by=person, until=LATER, reason="議会のため。")
    OutboxMessage.objects.all().delete()

    asked.give()

    told = OutboxMessage.objects.values_list("kind", "person")
    given = {("survey_time_given", person.pk) for person in asked.people}
    assert set(told) == given | {("extension_decided", elsewhere.pk)}


def test_they_are_not_reminded_before_their_day() -> None:
    asked = Asked(1)
    before = owing(asked.survey, LATER).count()

    asked.give()

    assert (before, owing(asked.survey, LATER).count()) == (1, 0)


@pytest.mark.parametrize(
    ("until", "says"), [(date(2026, 11, 2), "今日以後"), (date(2026, 12, 11), "より後の日")]
)
def test_a_day_that_gives_nothing_is_refused(until: date, says: str) -> None:
    asked = Asked(1)

    with pytest.raises(Refused, match=says):
        asked.give(until)

    assert ExtensionRequest.objects.count() == 0


def test_a_closed_survey_gives_time_to_what_was_given_back_alone() -> None:
    asked = Asked(2)
    survey, by = asked.survey, asked.survey.created_by
    done = submitted(asked.rows[0])
    close_survey(survey, by=by)
    return_responses(survey, [done.pk], by=by, reason="誤り", until=timezone.localdate())

    assert asked.give() == 1

    states = [(row.state, row.extended_to) for row in asked.rows]
    assert states[0] == (AssignmentState.RETURNED, LATER)
    assert states[1] == (AssignmentState.NOT_STARTED, None)


def test_only_who_runs_the_survey_gives_time() -> None:
    asked = Asked(1)

    for stranger in (asked.people[0], person_at(asked.survey.division, Role.VIEWER)):
        with pytest.raises(PermissionDenied):
            asked.give(by=stranger)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_it_once() -> None:
    asked = Asked(1)

    counts = at_once([asked.give, asked.give], before='UPDATE "surveys_assignment"')

    assert sorted(counts) == [0, 1]
    assert ExtensionRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(1)
    without_locks(monkeypatch)

    counts = at_once([asked.give, asked.give], before='UPDATE "surveys_assignment"')

    assert counts == [1, 1]
    assert ExtensionRequest.objects.count() == 2
