from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Membership, User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from surveys.actions import close_survey, pull_back, submit
from surveys.actions.prefecture_checks import confirm_responses, return_to_municipality
from surveys.models import Assignment, Remark, Survey
from surveys.states import AssignmentState, PrefecturePart, Stage, SurveyState
from tests.factories.accounts import DivisionFactory, PrefectureFactory, person_at
from tests.factories.surveys import answer, submitted
from tests.moved_clock import set_database_time
from tests.surveys.prefecture import Area
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
CHECK = PrefecturePart.CHECK


def handed_in(size: int = 1, **fields: Any) -> tuple[Area, list[Assignment]]:
    area = Area(size, prefecture_part=CHECK, **fields)
    return area, [submitted(one) for one in area.asked]


def give_back(done: Assignment, by: User, **fields: Any) -> None:
    values: dict[str, Any] = {"reason": "確認してください。", "remarks": {}} | fields
    return_to_municipality(done, by=by, **values)


def stored(one: Assignment) -> Assignment:
    return Assignment.objects.get(pk=one.pk)


def test_a_returned_response_is_mended_and_handed_in_again() -> None:
    area, (done,) = handed_in()
    writer = done.submitted_by
    assert writer is not None

    give_back(done, area.officer, remarks={"staff": "常勤のみです。", "no-such": "？", "desk": ""})

    returned = stored(done)
    said = Remark.objects.values_list("question_id", "stage", "text")
    assert (returned.state, returned.receipt_number) == (AssignmentState.RETURNED, None)
    assert set(said) == {
        ("", Stage.PREFECTURE, "確認してください。"),
        ("staff", Stage.PREFECTURE, "常勤のみです。"),
    }
    ended = done.submissions.get()
    assert (ended.ended_by, ended.end_reason) == (area.officer, "確認してください。")
    answer(done, writer, staff="5")
    submit(done, by=writer)
    assert stored(done).state == AssignmentState.SUBMITTED
    assert not Remark.objects.open().exists()


def test_who_works_on_it_is_told() -> None:
    area, (done,) = handed_in()
    at_window = person_at(done.organization)

    give_back(done, area.officer)

    told = OutboxMessage.objects.filter(kind="response_returned")
    event = AuditEvent.objects.get(action="assignment.returned")
    assert {message.person_id for message in told} == {at_window.pk, done.submitted_by_id}
    assert {message.subject_id for message in told} == {event.pk}


def test_a_day_to_mend_it_is_told_with_the_reason() -> None:
    area, (done,) = handed_in()
    day = timezone.localdate() + timedelta(days=1)

    give_back(done, area.officer, until=day)

    said = done.remarks.get(question_id="").text
    assert said == f"確認してください。\n直す期限：{wareki(day)}"
    assert stored(done).extended_to is None


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_outside_of_the_survey_is_refused(days: int) -> None:
    area, (done,) = handed_in()
    day = timezone.localdate() - timedelta(days=1) if days < 0 else done.due_on + timedelta(days=1)

    with pytest.raises(Refused):
        give_back(done, area.officer, until=day)

    assert stored(done).state == AssignmentState.SUBMITTED


@pytest.mark.parametrize(
    ("moment", "taken"), [(-timedelta(milliseconds=1), True), (timedelta(), False)]
)
def test_until_the_ministrys_deadline_to_the_millisecond(moment: timedelta, taken: bool) -> None:
    area, (done,) = handed_in()
    set_database_time(done.deadline + moment)

    if taken:
        give_back(done, area.officer)
    else:
        with pytest.raises(Refused, match="回答期限を過ぎた"):
            give_back(done, area.officer)

    assert stored(done).is_handed_in is not taken


def test_what_the_ministry_has_accepted_or_closed_is_not_returned() -> None:
    area, (accepted, closed) = handed_in(2)
    Assignment.objects.filter(pk=accepted.pk).update(
        state=AssignmentState.ACCEPTED, accepted_at=timezone.now(), accepted_by=area.officer
    )
    with pytest.raises(Stale):
        give_back(accepted, area.officer)

    close_survey(area.survey, by=area.survey.created_by)
    with pytest.raises(Refused):
        give_back(closed, area.officer)
    assert Remark.objects.count() == 0


def test_only_writers_of_the_prefecture_check_and_only_where_it_checks() -> None:
    area, (done,) = handed_in()
    watched = Area()
    seen = submitted(watched.asked[0])
    others = [
        (done, person_at(area.prefecture, Role.VIEWER)),
        (done, person_at(PrefectureFactory.create())),
        (done, area.survey.created_by),
        (done, person_at(done.organization)),
        (seen, watched.officer),
    ]

    for assignment, person in others:
        with pytest.raises(PermissionDenied):
            give_back(assignment, person)
    for survey, person in [(one.survey, person) for one, person in others if one is seen]:
        with pytest.raises(PermissionDenied):
            confirm_responses(survey, by=person, receipts=[])
    with pytest.raises(PermissionDenied):
        confirm_responses(area.survey, by=others[0][1], receipts=[str(done.receipt_number)])

    assert Assignment.objects.filter(state=AssignmentState.SUBMITTED).count() == 2


def test_many_are_confirmed_by_what_was_shown_of_them() -> None:
    area, done = handed_in(3)
    first, second, renewed = done
    receipts = [str(one.receipt_number) for one in (first, renewed)]
    writer = person_at(renewed.organization)
    pull_back(renewed, by=writer)
    submit(renewed, by=writer)

    count = confirm_responses(area.survey, by=area.officer, receipts=receipts)

    assert count == 1
    assert [stored(one).confirmed_by for one in done] == [area.officer, None, None]
    events = AuditEvent.objects.filter(action="assignment.confirmed")
    assert [event.target_id for event in events] == [first.pk]
    assert stored(second).state == AssignmentState.SUBMITTED


def test_all_that_waited_are_confirmed_and_none_that_came_later() -> None:
    area, done = handed_in(2)
    before = stored(done[1]).submitted_at
    assert before is not None
    Assignment.objects.filter(pk=done[0].pk).update(submitted_at=before + timedelta(seconds=1))

    count = confirm_responses(area.survey, by=area.officer, before=before)

    assert count == 1
    assert [stored(one).confirmed_at is not None for one in done] == [False, True]


def test_a_prefecture_confirms_its_own_alone() -> None:
    area, _ = handed_in()
    elsewhere = person_at(PrefectureFactory.create())

    assert confirm_responses(area.survey, by=elsewhere, before=timezone.now()) == 0


def test_who_only_reads_in_a_second_prefecture_confirms_nothing_there() -> None:
    area, (done,) = handed_in()
    other = PrefectureFactory.create()
    writer = person_at(other)
    readers = DivisionFactory.create(organization=area.prefecture)
    Membership.objects.create(user=writer, division=readers, roles=[Role.VIEWER])

    receipts = [str(done.receipt_number)]
    for named in (area.prefecture, None):
        with pytest.raises(PermissionDenied):
            confirm_responses(area.survey, by=writer, prefecture=named, receipts=receipts)
    assert confirm_responses(area.survey, by=writer, prefecture=other, receipts=receipts) == 0
    assert stored(done).confirmed_at is None


def test_a_closed_survey_is_confirmed_and_one_that_was_called_off_is_not() -> None:
    area, (done,) = handed_in()
    receipts = [str(done.receipt_number)]
    Survey.objects.update(state=SurveyState.CANCELLED, cancelled_at=timezone.now())
    with pytest.raises(Refused):
        confirm_responses(area.survey, by=area.officer, receipts=receipts)
    Survey.objects.update(state=SurveyState.CLOSED, cancelled_at=None, closed_at=timezone.now())

    assert confirm_responses(area.survey, by=area.officer, receipts=receipts) == 1


@pytest.mark.parametrize("act", ["pulled back", "returned"])
def test_going_back_ends_the_confirmation(act: str) -> None:
    area, (done,) = handed_in()
    confirm_responses(area.survey, by=area.officer, receipts=[str(done.receipt_number)])

    if act == "returned":
        give_back(done, area.officer)
    else:
        pull_back(done, by=person_at(done.organization))

    assert (stored(done).confirmed_at, stored(done).confirmed_by) == (None, None)


def _confirm_and_pull_back() -> tuple[Assignment, list[Any]]:
    area, (done,) = handed_in()
    receipts = [str(done.receipt_number)]
    writer = person_at(done.organization)
    outcomes = at_once(
        [
            lambda: confirm_responses(area.survey, by=area.officer, receipts=receipts),
            lambda: pull_back(done, by=writer),
        ],
        before=('UPDATE "surveys_assignment" SET "confirmed_at"', 'INSERT INTO "audit_'),
    )
    return stored(done), outcomes


@pytest.mark.django_db(transaction=True)
def test_what_is_pulled_back_at_the_same_moment_is_not_left_confirmed() -> None:
    after, outcomes = _confirm_and_pull_back()

    assert outcomes in ([0, None], [1, None])
    assert (after.state, after.confirmed_at) == (AssignmentState.DRAFTING, None)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_the_database_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    _, outcomes = _confirm_and_pull_back()

    assert [type(each) for each in outcomes] == [IntegrityError, type(None)]
