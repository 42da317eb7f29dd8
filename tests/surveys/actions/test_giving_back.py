from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.states import Role
from onepublic.core.errors import Refused
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    accept_responses,
    close_survey,
    return_responses,
    submit,
)
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState, Stage
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, assignment_of, running_survey, submitted
from tests.moved_clock import set_database_time

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 25)
REASON = "職員数の単位を確かめてください。"


def handed_in() -> Assignment:
    return submitted(assignment())


def given_back(response: Assignment, **said: object) -> Assignment:
    by = response.survey.created_by
    return_responses(response.survey, [response.pk], by=by, reason=REASON, **said)  # type: ignore[arg-type]
    return Assignment.objects.with_survey().get(pk=response.pk)


def test_it_is_the_organizations_again_with_the_reason() -> None:
    response = handed_in()

    back = given_back(response, remarks={"staff": "常勤だけですか。", "unknown": "？"})

    said = list(back.remarks.values_list("question_id", "stage", "text"))
    ended = back.submissions.get()
    assert (back.state, back.submitted_at, back.receipt_number) == ("returned", None, None)
    assert said == [("", Stage.MINISTRY, REASON), ("staff", Stage.MINISTRY, "常勤だけですか。")]
    assert (ended.ended_by, ended.end_reason) == (response.survey.created_by, REASON)


def test_who_works_on_it_is_told() -> None:
    response = handed_in()

    given_back(response)

    mail = OutboxMessage.objects.filter(kind="response_returned")
    assert [each.person for each in mail] == [response.submitted_by]


def test_an_earlier_deadline_gives_way_to_the_day() -> None:
    response = handed_in()
    extended = handed_in()
    later = DAY + timedelta(days=10)
    Assignment.objects.filter(pk=extended.pk).update(extended_to=later)

    assert given_back(response, until=DAY).due_on == DAY
    assert given_back(extended, until=DAY).due_on == later


def test_an_accepted_one_can_come_back_and_keeps_its_history() -> None:
    response = handed_in()
    survey, by = response.survey, response.survey.created_by
    accept_responses(survey, [response.pk], by=by)

    back = given_back(response)
    writer = person_at(back.organization)
    answer(back, writer, staff="4")
    submit(back, by=writer)

    numbers = [(each.number, each.values["staff"]) for each in back.submissions.order_by("number")]
    again = Assignment.objects.get(pk=back.pk)
    assert (again.state, again.accepted_at, numbers) == ("submitted", None, [(1, 3), (2, 4)])


def test_after_the_closing_it_alone_is_open_until_its_day() -> None:
    places = OrganizationFactory.create_batch(2)
    survey = running_survey(*places)
    response, other = (assignment_of(survey, place) for place in places)
    response = submitted(response)
    close_survey(survey, by=survey.created_by)

    back = given_back(Assignment.objects.with_survey().get(pk=response.pk), until=DAY)
    writer = person_at(back.organization)
    answer(back, writer, staff="4")
    submit(back, by=writer)

    assert Assignment.objects.get(pk=back.pk).state == AssignmentState.SUBMITTED
    with pytest.raises(Refused, match="受付を終了"):
        answer(other, person_at(other.organization), staff="4")


def test_its_day_ends_also_that() -> None:
    response = handed_in()
    close_survey(response.survey, by=response.survey.created_by)
    back = given_back(Assignment.objects.with_survey().get(pk=response.pk), until=DAY)
    set_database_time(back.deadline)

    with pytest.raises(Refused, match="回答期限を過ぎた"):
        answer(back, person_at(back.organization), staff="4")


def test_many_are_given_back_at_once() -> None:
    places = OrganizationFactory.create_batch(3)
    survey = running_survey(*places)
    responses = [submitted(assignment_of(survey, place)) for place in places[:2]]
    keys = list(survey.assignments.values_list("pk", flat=True))

    count = return_responses(survey, keys, by=survey.created_by, reason=REASON)

    states = list(survey.assignments.order_by("pk").values_list("state", flat=True))
    told = {each.person_id for each in OutboxMessage.objects.filter(kind="response_returned")}
    assert (count, states) == (2, ["returned", "returned", "not_started"])
    assert told == {each.submitted_by_id for each in responses}


def test_without_time_left_a_day_is_asked_for() -> None:
    response = handed_in()
    Survey.objects.update(accepts_late=False, opens_on=date(2026, 10, 1), due_on=date(2026, 10, 2))
    late = Assignment.objects.with_survey().get(pk=response.pk)

    with pytest.raises(Refused, match="期限を入力"):
        given_back(late)
    with pytest.raises(Refused, match="今日以後"):
        given_back(late, until=date(2026, 10, 3))
    assert Assignment.objects.get(pk=late.pk).state == AssignmentState.SUBMITTED


def test_others_give_nothing_back() -> None:
    response = handed_in()
    strangers = [
        person_at(response.survey.division, Role.VIEWER),
        person_at(response.organization, Role.APPROVER),
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            return_responses(response.survey, [response.pk], by=stranger, reason=REASON)
    assert Assignment.objects.get(pk=response.pk).state == AssignmentState.SUBMITTED
