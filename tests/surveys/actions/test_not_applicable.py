import pytest

from accounts.states import Role
from onepublic.core.errors import Refused
from surveys.actions import (
    declare_not_applicable,
    pull_back,
    request_approval,
    return_inside,
    submit,
)
from surveys.models import Assignment
from surveys.states import AssignmentState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, submitted

pytestmark = pytest.mark.django_db
REASON = "対象となる施設がないため。"


def stored(asked: Assignment) -> Assignment:
    return Assignment.objects.get(pk=asked.pk)


def test_it_is_handed_in_with_its_reason_and_a_receipt() -> None:
    asked = assignment()
    number = declare_not_applicable(asked, by=person_at(asked.organization), reason=REASON)

    found = stored(asked)
    assert (found.state, found.receipt_number) == (AssignmentState.NOT_APPLICABLE, number)
    assert found.not_applicable_reason == REASON
    assert asked.submissions.get().not_applicable_reason == REASON


def test_it_counts_as_handed_in() -> None:
    asked = assignment()
    declare_not_applicable(asked, by=person_at(asked.organization), reason=REASON)

    assert Assignment.objects.by_survey([asked.survey]).get()["submitted"] == 1
    assert not Assignment.objects.answerable().exists()


def test_answers_that_were_begun_are_kept() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    answer(asked, writer, staff="何人か")

    declare_not_applicable(asked, by=writer, reason=REASON)

    assert asked.answers.get(field="staff").value == "何人か"


def test_pulled_back_it_is_answered_after_all() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    declare_not_applicable(asked, by=writer, reason=REASON)
    pull_back(asked, by=writer)

    done = submitted(asked, writer)

    assert (done.state, done.not_applicable_reason) == (AssignmentState.SUBMITTED, "")
    reasons = asked.submissions.order_by("number").values_list("not_applicable_reason", flat=True)
    assert list(reasons) == [REASON, ""]


def test_it_goes_through_approval_too() -> None:
    city = OrganizationFactory.create(answers_need_approval=True)
    asked = assignment(organization=city)
    drafter, approver = person_at(city, Role.DRAFTER), person_at(city, Role.APPROVER)

    with pytest.raises(Refused, match="決裁が必要です"):
        declare_not_applicable(asked, by=approver, reason=REASON)
    request_approval(asked, by=drafter, reason=REASON)
    submit(asked, by=approver)

    found = stored(asked)
    assert (found.state, found.submitted_by) == (AssignmentState.NOT_APPLICABLE, approver)


def test_given_back_it_may_be_answered() -> None:
    city = OrganizationFactory.create(answers_need_approval=True)
    asked = assignment(organization=city)
    drafter, approver = person_at(city, Role.DRAFTER), person_at(city, Role.APPROVER)
    request_approval(asked, by=drafter, reason=REASON)
    return_inside(asked, by=approver, reason="施設はあります。", remarks={})
    answer(asked, drafter, staff="3", desk="false")

    request_approval(asked, by=drafter)
    submit(asked, by=approver)

    assert stored(asked).state == AssignmentState.SUBMITTED


def test_a_second_one_is_refused() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    declare_not_applicable(asked, by=writer, reason=REASON)

    with pytest.raises(Refused, match="提出済み"):
        declare_not_applicable(asked, by=writer, reason=REASON)
