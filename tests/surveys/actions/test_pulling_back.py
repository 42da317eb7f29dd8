from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from surveys.actions import close_survey, pull_back, submit
from surveys.models import Assignment, Submission
from surveys.states import AssignmentState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, awaiting_approval, submitted
from tests.moved_clock import set_database_time
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def handed_in() -> tuple[Assignment, User]:
    done = submitted(assignment(), staff="7")
    return done, person_at(done.organization)


def test_it_goes_back_to_writing_and_the_copy_is_kept() -> None:
    done, writer = handed_in()
    pull_back(done, by=writer, reason="人数の誤り")

    stored = Assignment.objects.get(pk=done.pk)
    kept = done.submissions.get()
    assert (stored.state, stored.receipt_number) == (AssignmentState.DRAFTING, None)
    assert (kept.values["staff"], kept.end_reason) == (7, "人数の誤り")
    assert (kept.ended_by, kept.receipt_number) == (writer, done.receipt_number)
    event = AuditEvent.objects.get(action="assignment.pulled_back")
    assert event.detail == {"receipt_number": done.receipt_number, "reason": "人数の誤り"}


def test_the_ministrys_figures_follow() -> None:
    done, writer = handed_in()
    before = Assignment.objects.by_survey([done.survey]).get()
    pull_back(done, by=writer)

    after = Assignment.objects.by_survey([done.survey]).get()

    assert [(row["submitted"], row["working"]) for row in (before, after)] == [(1, 0), (0, 1)]


def test_the_ministry_reads_it_no_more() -> None:
    done, writer = handed_in()
    pull_back(done, by=writer)

    assert not Assignment.objects.visible_to(done.survey.created_by).exists()


def test_the_next_submission_has_a_number_of_its_own() -> None:
    done, writer = handed_in()
    for _ in range(2):
        pull_back(done, by=writer)
        answer(done, writer, staff="8")
        submit(done, by=writer)

    numbers = list(done.submissions.order_by("number").values_list("receipt_number", flat=True))

    first = done.receipt_number
    assert numbers == [first, f"{first}-2", f"{first}-3"]
    assert Submission.objects.get(ended_at=None).values["staff"] == 8


@pytest.mark.parametrize(
    ("moment", "taken"), [(-timedelta(milliseconds=1), True), (timedelta(), False)]
)
def test_until_the_deadline_to_the_millisecond(moment: timedelta, taken: bool) -> None:
    done, writer = handed_in()
    set_database_time(done.deadline + moment)

    if taken:
        pull_back(done, by=writer)
    else:
        with pytest.raises(Refused, match="差戻しを依頼"):
            pull_back(done, by=writer)

    assert Assignment.objects.get(pk=done.pk).is_handed_in is not taken


def test_an_extension_leaves_time_to_pull_back() -> None:
    done, writer = handed_in()
    Assignment.objects.update(extended_to=done.survey.due_on + timedelta(days=1))
    set_database_time(done.survey.deadline)

    pull_back(done, by=writer)

    assert Assignment.objects.get(pk=done.pk).state == AssignmentState.DRAFTING


def test_what_is_not_handed_in_or_accepted_stays() -> None:
    done, writer = handed_in()
    Assignment.objects.filter(pk=done.pk).update(
        state=AssignmentState.ACCEPTED, accepted_at=Now(), accepted_by=done.survey.created_by
    )
    waiting = awaiting_approval(assignment())

    for asked, person in ((done, writer), (waiting, person_at(waiting.organization))):
        with pytest.raises(Stale):
            pull_back(asked, by=person)


def test_a_closed_survey_gives_nothing_back() -> None:
    done, writer = handed_in()
    close_survey(done.survey, by=done.survey.created_by)

    with pytest.raises(Refused, match="受付を終了"):
        pull_back(done, by=writer)


def test_others_take_nothing_back() -> None:
    done, _ = handed_in()

    for stranger in (
        person_at(done.organization, Role.VIEWER),
        person_at(OrganizationFactory.create()),
        done.survey.created_by,
    ):
        with pytest.raises(PermissionDenied):
            pull_back(done, by=stranger)


def _two_windows() -> list[object]:
    done, writer = handed_in()
    act = lambda: pull_back(done, by=writer)  # noqa: E731 - the same act twice
    return at_once([act, act], before='UPDATE "surveys_submission"')


@pytest.mark.django_db(transaction=True)
def test_two_windows_pull_it_back_once() -> None:
    results = _two_windows()

    assert sorted(isinstance(result, Stale) for result in results) == [False, True]
    assert AuditEvent.objects.filter(action="assignment.pulled_back").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be_recorded_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    results = _two_windows()

    assert results == [None, None]
    assert AuditEvent.objects.filter(action="assignment.pulled_back").count() == 2
