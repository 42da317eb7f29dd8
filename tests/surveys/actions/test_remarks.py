"""Which remarks count as dealt with when a response goes on, and which stay open."""

import pytest

from accounts.models import Organization, User
from accounts.states import Role
from surveys.actions import (
    comment_on,
    pull_back,
    request_approval,
    return_inside,
    return_responses,
    submit,
)
from surveys.models import Assignment
from surveys.states import Stage
from tests.factories.accounts import person_at
from tests.factories.surveys import assignment, submitted

pytestmark = pytest.mark.django_db


def open_remarks(response: Assignment) -> list[str]:
    return list(response.remarks.open().values_list("text", flat=True))


def given_back(response: Assignment) -> Assignment:
    """By the ministry, which remarks on a question."""
    by = response.survey.created_by
    return_responses(response.survey, [response.pk], by=by, reason="誤り", remarks={"staff": "数"})
    return Assignment.objects.with_survey().get(pk=response.pk)


@pytest.fixture
def response() -> Assignment:
    return submitted(assignment())


def writer_of(response: Assignment) -> User:
    return person_at(response.organization)


def test_handing_in_again_settles_what_the_return_said(response: Assignment) -> None:
    back, writer = given_back(response), writer_of(response)
    assert open_remarks(back) == ["誤り", "数"]

    submit(back, by=writer)

    assert open_remarks(back) == []
    assert set(back.remarks.values_list("settled_by", flat=True)) == {writer.pk}


def test_what_another_stage_said_before_the_return_stays(response: Assignment) -> None:
    prefecture = person_at(response.organization)
    response.remarks.create(stage=Stage.PREFECTURE, text="県から", written_by=prefecture)

    submit(given_back(response), by=writer_of(response))

    assert open_remarks(response) == ["県から"]


def test_a_comment_stays_when_the_organization_itself_pulled_back(response: Assignment) -> None:
    comment_on(response, by=response.survey.created_by, question_id="staff", text="確認を")
    pull_back(response, by=writer_of(response))

    submit(Assignment.objects.with_survey().get(pk=response.pk), by=writer_of(response))

    assert open_remarks(response) == ["確認を"]


def test_approvers_still_see_what_the_ministry_said(response: Assignment) -> None:
    back, approver = given_back(response), person_at(response.organization, Role.APPROVER)
    drafter = person_at(response.organization, Role.DRAFTER)
    Organization.objects.filter(pk=back.organization_id).update(answers_need_approval=True)
    request_approval(back, by=drafter)
    return_inside(back, by=approver, reason="庁内", remarks={})
    assert open_remarks(back) == ["誤り", "数", "庁内"]

    request_approval(back, by=drafter)
    waiting = open_remarks(back)
    submit(back, by=approver)

    assert waiting == ["誤り", "数"]
    assert open_remarks(back) == []
