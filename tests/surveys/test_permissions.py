import pytest

from accounts.models import Division, Organization
from accounts.states import Role
from surveys.actions import close_survey, request_compilation
from surveys.models import Assignment, Compilation
from surveys.permissions import (
    can_answer,
    can_cancel,
    can_compile,
    can_follow_surveys,
    may_answer,
    may_run,
)
from surveys.states import CompilationState
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.surveys import assignment, draft_survey, submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.DRAFTER, True), (Role.APPROVER, True), (Role.VIEWER, False), (Role.ORG_ADMIN, False)],
)
def test_drafters_and_approvers_of_the_organization_may_answer(role: Role, allowed: bool) -> None:
    asked = assignment()

    assert may_answer(person_at(asked.organization, role), asked) is allowed


def test_nobody_else_may_answer() -> None:
    asked = assignment()
    above = Organization.objects.get(municipalities=asked.organization)
    others = [OrganizationFactory.create(), above]

    assert [may_answer(person_at(other), asked) for other in others] == [False, False]
    assert may_answer(asked.survey.created_by, asked) is False


def test_what_is_submitted_or_closed_can_no_more_be_answered() -> None:
    asked, other = assignment(), assignment()
    writer = person_at(asked.organization)
    assert can_answer(writer, asked) is True

    close_survey(other.survey, by=other.survey.created_by)

    assert can_answer(writer, submitted(asked)) is False
    closed = Assignment.objects.with_survey().get(pk=other.pk)
    assert can_answer(person_at(other.organization), closed) is False


def test_levels_with_an_area_follow_surveys() -> None:
    places: list[Division | Organization] = [
        DivisionFactory.create(),
        RegionalBureauFactory.create(),
        PrefectureFactory.create(),
    ]

    assert [can_follow_surveys(person_at(place)) for place in places] == [True, True, True]
    assert can_follow_surveys(person_at(OrganizationFactory.create())) is False


def test_the_division_that_runs_it_compiles_once_it_is_open() -> None:
    asked = assignment()
    draft = draft_survey()
    viewer = person_at(asked.survey.division, Role.VIEWER)

    assert can_compile(asked.survey.created_by, asked.survey) is True
    assert can_compile(viewer, asked.survey) is False
    assert can_compile(draft.created_by, asked.survey) is False
    assert (may_run(draft.created_by, draft), can_compile(draft.created_by, draft)) == (True, False)


def test_what_has_ended_can_not_be_cancelled() -> None:
    survey = assignment().survey
    compilation = request_compilation(survey, by=survey.created_by)
    ended = Compilation(survey=survey, state=CompilationState.CANCELLED)

    assert can_cancel(survey.created_by, compilation) is True
    assert can_cancel(survey.created_by, ended) is False
