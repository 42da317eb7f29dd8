from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    close_survey,
    request_approval,
    return_inside,
    save_answers,
    settle_remark,
    submit,
    withdraw_approval_request,
)
from surveys.models import Assignment
from surveys.states import AssignmentState, Stage
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import COMPLETE, answer, assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assignment:
    """A complete response of a city that wants an approval."""
    city = OrganizationFactory.create(answers_need_approval=True)
    found = assignment(organization=city)
    answer(found, person_at(city, Role.DRAFTER), **COMPLETE)
    return found


@pytest.fixture
def drafter(asked: Assignment) -> User:
    return person_at(asked.organization, Role.DRAFTER)


@pytest.fixture
def approver(asked: Assignment) -> User:
    return person_at(asked.organization, Role.APPROVER)


def mailed(kind: str) -> list[User]:
    rows = OutboxMessage.objects.filter(kind=kind).select_related("person").order_by("pk")
    return [message.person for message in rows]


def test_an_approver_submits_what_a_drafter_asked_for(
    asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    receipt = submit(asked, by=approver)

    asked.refresh_from_db()
    submission = asked.submissions.get()
    assert (asked.state, asked.receipt_number) == (AssignmentState.SUBMITTED, receipt)
    assert (submission.requested_by, submission.submitted_by) == (drafter, approver)
    assert submission.requested_at == asked.requested_at
    assert (mailed("response_approval_asked"), mailed("response_approved")) == (
        [approver],
        [drafter],
    )


def test_each_step_is_recorded(asked: Assignment, drafter: User, approver: User) -> None:
    before = AuditEvent.objects.latest("pk").pk
    request_approval(asked, by=drafter)
    return_inside(asked, by=approver, reason="誤り", remarks={})
    request_approval(asked, by=drafter)
    withdraw_approval_request(asked, by=drafter)
    request_approval(asked, by=drafter)
    submit(asked, by=approver)

    events = AuditEvent.objects.filter(pk__gt=before).order_by("pk")

    assert list(events.values_list("action", "actor_id")) == [
        ("assignment.approval_requested", drafter.pk),
        ("assignment.returned_inside", approver.pk),
        ("assignment.approval_requested", drafter.pk),
        ("assignment.approval_withdrawn", drafter.pk),
        ("assignment.approval_requested", drafter.pk),
        ("assignment.submitted", approver.pk),
    ]


def test_without_an_approval_nothing_is_submitted(asked: Assignment, approver: User) -> None:
    with pytest.raises(Refused, match="決裁が必要です"):
        submit(asked, by=approver)

    assert asked.submissions.count() == 0


def test_a_drafter_does_not_approve(asked: Assignment, drafter: User, approver: User) -> None:
    request_approval(asked, by=drafter)

    for act in (
        lambda: submit(asked, by=drafter),
        lambda: return_inside(asked, by=drafter, reason="誤り", remarks={}),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_nobody_approves_what_they_asked_for_themselves(asked: Assignment, approver: User) -> None:
    both = person_at(asked.organization, Role.DRAFTER, Role.APPROVER)
    request_approval(asked, by=both)

    for act in (
        lambda: submit(asked, by=both),
        lambda: return_inside(asked, by=both, reason="誤り", remarks={}),
    ):
        with pytest.raises(Refused, match="決裁を求めた人は"):
            act()

    assert submit(asked, by=approver) != ""


def test_without_another_approver_nothing_is_asked(asked: Assignment) -> None:
    alone = person_at(asked.organization, Role.DRAFTER, Role.APPROVER)

    with pytest.raises(Refused, match="ほかの決裁者がいません"):
        request_approval(asked, by=alone)


def test_an_unfinished_response_is_not_put_forward(
    asked: Assignment, drafter: User, approver: User
) -> None:
    answer(asked, drafter, staff="")

    with pytest.raises(Refused):
        request_approval(asked, by=drafter)

    assert mailed("response_approval_asked") == []


def test_where_no_approval_is_needed_none_is_asked() -> None:
    asked = assignment()

    with pytest.raises(Refused, match="決裁を要しません"):
        request_approval(asked, by=person_at(asked.organization))


def test_while_it_waits_nothing_is_written(
    asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)

    with pytest.raises(Refused, match="決裁を待っている"):
        save_answers(asked, by=drafter, changes={"ways": (["1"], 0)})

    assert not asked.answers.filter(field="ways").exists()


def test_a_return_says_why_at_each_question(
    asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    remarks = {"staff": "常勤だけを数えてください。", "desk": "", "unknown": "x"}
    return_inside(asked, by=approver, reason="数え方を確認してください。", remarks=remarks)

    asked.refresh_from_db()
    said = asked.remarks.values_list("question_id", "text", "stage", "written_by")
    assert asked.state == AssignmentState.RETURNED_INSIDE
    assert list(said) == [
        ("", "数え方を確認してください。", Stage.INSIDE, approver.pk),
        ("staff", "常勤だけを数えてください。", Stage.INSIDE, approver.pk),
    ]
    assert mailed("response_returned_inside") == [drafter]


def test_writing_goes_on_and_it_stays_marked_as_returned(
    asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    return_inside(asked, by=approver, reason="誤り", remarks={})
    answer(asked, drafter, staff="4")

    asked.refresh_from_db()

    assert asked.state == AssignmentState.RETURNED_INSIDE


def test_the_next_request_settles_what_was_remarked(
    asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    return_inside(asked, by=approver, reason="誤り", remarks={"staff": "確認"})

    request_approval(asked, by=drafter)

    settled = asked.remarks.values_list("settled_by", flat=True)
    assert list(settled) == [drafter.pk, drafter.pk]
    assert mailed("response_approval_asked") == [approver, approver]


def test_one_remark_is_settled_once(asked: Assignment, drafter: User, approver: User) -> None:
    request_approval(asked, by=drafter)
    return_inside(asked, by=approver, reason="誤り", remarks={"staff": "確認"})
    remark = asked.remarks.get(question_id="staff")

    settle_remark(remark, by=drafter)
    settle_remark(remark, by=person_at(asked.organization, Role.DRAFTER))

    remark.refresh_from_db()
    assert remark.settled_by == drafter
    assert AuditEvent.objects.filter(action="assignment.remark_settled").count() == 1
    assert asked.remarks.open().count() == 1


def test_what_was_withdrawn_is_not_approved(
    asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    withdraw_approval_request(asked, by=drafter)

    with pytest.raises(Refused):
        submit(asked, by=approver)
    with pytest.raises(Stale):
        return_inside(asked, by=approver, reason="誤り", remarks={})
    with pytest.raises(Stale):
        withdraw_approval_request(asked, by=drafter)

    asked.refresh_from_db()
    assert (asked.state, asked.remarks.count()) == (AssignmentState.DRAFTING, 0)


def test_a_closed_survey_takes_no_step(asked: Assignment, drafter: User, approver: User) -> None:
    request_approval(asked, by=drafter)
    close_survey(asked.survey, by=asked.survey.created_by)

    for act in (
        lambda: submit(asked, by=approver),
        lambda: withdraw_approval_request(asked, by=drafter),
        lambda: return_inside(asked, by=approver, reason="誤り", remarks={}),
    ):
        with pytest.raises(Refused, match="受付を終了"):
            act()


STEPS: dict[str, Callable[[Assignment, User], object]] = {
    "request": lambda asked, by: request_approval(asked, by=by),
    "withdraw": lambda asked, by: withdraw_approval_request(asked, by=by),
    "return": lambda asked, by: return_inside(asked, by=by, reason="誤り", remarks={}),
    "approve": lambda asked, by: submit(asked, by=by),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_others_take_no_part(
    asked: Assignment,
    drafter: User,
    approver: User,
    step: Callable[[Assignment, User], object],
) -> None:
    request_approval(asked, by=drafter)
    strangers = [
        person_at(asked.organization, Role.VIEWER),
        person_at(OrganizationFactory.create(), Role.APPROVER),
        asked.survey.created_by,
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            step(asked, stranger)
