from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Disaster, Organization
from accounts.states import Role
from onepublic.core.errors import Refused
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    close_survey,
    plan_reminders,
    remind_now,
    remind_on_plan,
    return_responses,
)
from surveys.mail.reminders import reminder_letters
from surveys.models import Assignment, Reminder, ReminderRecipient, Survey
from surveys.reminding import owing, suspended
from surveys.schedule import remind
from surveys.states import AssignmentState, ReminderRung
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import (
    COMPLETE,
    answer,
    assignment_of,
    running_survey,
    submitted,
    survey_in_review,
)
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 11)


@pytest.fixture
def place() -> Organization:
    """A village with somebody at its window."""
    village = OrganizationFactory.create()
    window = DivisionFactory.create(organization=village, is_window=True)
    person_at(window, Role.DRAFTER)
    return village


def stricken_since(day: date, *organizations: Organization, until: date | None = None) -> Disaster:
    by = person_at(DivisionFactory.create(), Role.APPROVER)
    disaster = Disaster.objects.create(name="豪雨", since=day, until=until, declared_by=by)
    disaster.organizations.set(organizations)
    return disaster


HANDED_IN = (
    AssignmentState.SUBMITTED,
    AssignmentState.NOT_APPLICABLE,
    AssignmentState.ACCEPTED,
)


@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("extended_by", [None, -1, 3], ids=["due", "extension over", "extended"])
@pytest.mark.parametrize("disaster", ["none", "running", "over", "elsewhere"])
def test_who_is_reminded(
    place: Organization, state: str, extended_by: int | None, disaster: str
) -> None:
    """State × extension × disaster: only who owes, has no more time and no disaster."""
    survey = running_survey(place)
    today = timezone.localdate()
    asked = survey.assignments.get()
    facts: dict[str, object] = {"state": state}
    if state in HANDED_IN:
        by = survey.created_by
        facts |= {"submitted_at": Now(), "submitted_by": by, "receipt_number": "1"}
        facts |= {"not_applicable_reason": "対象がない。"}
        if state == AssignmentState.ACCEPTED:
            facts |= {"accepted_at": Now(), "accepted_by": by}
    if state == AssignmentState.AWAITING_APPROVAL:
        facts |= {"requested_at": Now(), "requested_by": survey.created_by}
    if extended_by is not None:
        facts["extended_to"] = today + timedelta(days=extended_by)
    Assignment.objects.filter(pk=asked.pk).update(**facts)
    where = OrganizationFactory.create() if disaster == "elsewhere" else place
    if disaster != "none":
        stricken_since(
            today - timedelta(days=3),
            where,
            until=today - timedelta(days=1) if disaster == "over" else None,
        )

    found = list(owing(survey, today))

    owes = state not in HANDED_IN and extended_by != 3 and disaster != "running"
    assert found == ([asked] if owes else [])


def test_suspended_are_counted_apart(place: Organization) -> None:
    survey = running_survey(place)
    today = timezone.localdate()
    stricken_since(today, place)

    assert list(suspended(survey, today)) == list(survey.assignments.all())
    with pytest.raises(Refused, match="いません"):
        remind_now(survey, by=survey.created_by)


def rungs_of(reminder: Reminder) -> list[tuple[object, str]]:
    return [(each.person, each.rung) for each in reminder.recipients.order_by("pk")]


def test_first_who_works_on_it_then_the_window_then_the_admin() -> None:
    worked, windowed, administered = OrganizationFactory.create_batch(3)
    survey = running_survey(worked, windowed, administered)
    officer = person_at(worked, Role.DRAFTER)
    person_at(worked, Role.DRAFTER)
    answer(assignment_of(survey, worked), officer, **COMPLETE)
    window = person_at(DivisionFactory.create(organization=windowed, is_window=True), Role.DRAFTER)
    plain = DivisionFactory.create(organization=administered, is_window=False)
    admin = person_at(plain, Role.ORG_ADMIN)

    reminder = remind_now(survey, by=survey.created_by, text="お願いします。")

    assert rungs_of(reminder) == [
        (officer, ReminderRung.WORKERS),
        (window, ReminderRung.WINDOW),
        (admin, ReminderRung.ORG_ADMIN),
    ]
    people = {each.person for each in OutboxMessage.objects.filter(kind="survey_reminder")}
    assert people == {officer, window, admin}


def test_who_has_left_is_not_asked(place: Organization) -> None:
    survey = running_survey(place)
    gone = person_at(place, Role.DRAFTER)
    answer(survey.assignments.get(), gone, **COMPLETE)
    gone.memberships.update(valid_from=date(2020, 4, 1), valid_to=date(2021, 3, 31))

    reminder = remind_now(survey, by=survey.created_by)

    assert [rung for _, rung in rungs_of(reminder)] == [ReminderRung.WINDOW]


def test_whoever_hands_in_before_the_mail_leaves_gets_none(place: Organization) -> None:
    other = OrganizationFactory.create()
    person_at(DivisionFactory.create(organization=other, is_window=True), Role.DRAFTER)
    survey = running_survey(place, other)
    remind_now(survey, by=survey.created_by, text="お願いします。")
    submitted(assignment_of(survey, place))

    messages = list(OutboxMessage.objects.filter(kind="survey_reminder").select_related("person"))
    letters = reminder_letters(messages)

    (letter,) = letters.values()
    assert len(messages) == 2
    assert letter.subject == f"［OnePublic］【回答の督促】{survey.title}"
    assert "お願いします。" in letter.text
    assert other.full_name in letter.text


def test_by_hand_once_a_day_and_only_what_has_opened(place: Organization) -> None:
    survey = running_survey(place)
    remind_now(survey, by=survey.created_by)
    waiting = survey_in_review(place)

    with pytest.raises(Refused, match="1日に1回"):
        remind_now(survey, by=survey.created_by)
    with pytest.raises(Refused, match="受付を始めた"):
        remind_now(waiting, by=waiting.created_by)
    for stranger in (person_at(place), person_at(survey.division, Role.VIEWER)):
        with pytest.raises(PermissionDenied):
            remind_now(survey, by=stranger)
        with pytest.raises(PermissionDenied):
            plan_reminders(survey, by=stranger, days=[0])


def test_the_plan_counts_from_each_ones_own_deadline(place: Organization) -> None:
    other = OrganizationFactory.create()
    person_at(DivisionFactory.create(organization=other, is_window=True), Role.DRAFTER)
    survey = running_survey(place, other)
    plan_reminders(survey, by=survey.created_by, days=[-3, 1, 99])
    later = DUE + timedelta(days=7)
    Assignment.objects.filter(organization=other).update(extended_to=later)

    days = [DUE - timedelta(days=3), DUE, DUE + timedelta(days=1), later + timedelta(days=1)]
    sent = [remind_on_plan(survey, day) for day in days]

    told = ReminderRecipient.objects.order_by("pk").values_list(
        "reminder__day", "reminder__days", "assignment__organization"
    )
    assert Survey.objects.get(pk=survey.pk).reminder_days == [-3, 1]
    assert sent == [1, 0, 1, 1]
    assert list(told) == [
        (days[0], -3, place.pk),
        (days[2], 1, place.pk),
        (days[3], 1, other.pk),
    ]


def test_the_same_planned_day_is_sent_once(place: Organization) -> None:
    survey = running_survey(place)
    plan_reminders(survey, by=survey.created_by, days=[-3])
    day = DUE - timedelta(days=3)

    assert [remind_on_plan(survey, day) for _ in range(2)] == [1, 0]
    assert OutboxMessage.objects.filter(kind="survey_reminder").count() == 1


def race(survey: Survey) -> list[object]:
    """The same planned day, from two schedulers at once."""
    plan_reminders(survey, by=survey.created_by, days=[-3])
    day = DUE - timedelta(days=3)
    act = lambda: remind_on_plan(survey, day)  # noqa: E731 - the same act twice
    return at_once([act, act], before='INSERT INTO "surveys_reminder"')


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_send_one_round(place: Organization) -> None:
    results = race(running_survey(place))

    assert sorted(map(str, results)) == ["0", "1"]
    assert Reminder.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_would_fail(
    place: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = running_survey(place)
    without_locks(monkeypatch)

    results = race(survey)

    assert [isinstance(each, Exception) for each in results].count(True) == 1


def test_after_the_closing_only_what_was_given_back(place: Organization) -> None:
    other = OrganizationFactory.create()
    today = timezone.localdate()
    survey = running_survey(place, other, due_on=today + timedelta(days=3))
    plan_reminders(survey, by=survey.created_by, days=[-3])
    response = submitted(assignment_of(survey, place))
    close_survey(survey, by=survey.created_by)
    return_responses(survey, [response.pk], by=survey.created_by, reason="確かめてください。")

    remind()

    assert list(owing(survey, today)) == [response]
    assert [each.assignment for each in ReminderRecipient.objects.all()] == [response]


def test_a_succeeded_one_is_left_to_its_successor(place: Organization) -> None:
    other = OrganizationFactory.create()
    person_at(DivisionFactory.create(organization=other, is_window=True), Role.DRAFTER)
    survey = running_survey(place, other)
    old, new = assignment_of(survey, place), assignment_of(survey, other)
    Assignment.objects.filter(pk=old.pk).update(succeeded_by=new)

    assert list(owing(survey, timezone.localdate())) == [new]
