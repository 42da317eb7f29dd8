import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.states import Role
from onepublic.audit.models import events_of
from onepublic.core.errors import Stale
from surveys.actions import accept_responses, pull_back
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState, PrefecturePart
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def three_responses() -> tuple[Survey, list[Assignment]]:
    """Two that are handed in and one that is not."""
    places = OrganizationFactory.create_batch(3)
    survey = running_survey(*places)
    asked = [assignment_of(survey, place) for place in places]
    return survey, [submitted(asked[0]), submitted(asked[1]), asked[2]]


def states_of(survey: Survey) -> list[str]:
    return list(survey.assignments.order_by("pk").values_list("state", flat=True))


def test_what_is_handed_in_is_accepted_by_somebody() -> None:
    survey, responses = three_responses()

    count = accept_responses(survey, [each.pk for each in responses], by=survey.created_by)

    first = Assignment.objects.get(pk=responses[0].pk)
    assert (count, states_of(survey)) == (2, ["accepted", "accepted", "not_started"])
    assert first.accepted_by == survey.created_by
    assert first.accepted_at is not None
    assert [event.action for event in events_of(first)][-1] == "assignment.accepted"


def test_a_second_time_accepts_nothing() -> None:
    survey, responses = three_responses()
    keys = [each.pk for each in responses]
    accept_responses(survey, keys, by=survey.created_by)
    before = list(survey.assignments.order_by("pk").values_list("accepted_at", flat=True))

    again = accept_responses(survey, keys, by=survey.created_by)

    after = list(survey.assignments.order_by("pk").values_list("accepted_at", flat=True))
    assert (again, after) == (0, before)


def test_those_of_another_survey_stay() -> None:
    survey, _ = three_responses()
    other, responses = three_responses()

    assert accept_responses(survey, [responses[0].pk], by=survey.created_by) == 0
    assert states_of(other)[0] == AssignmentState.SUBMITTED


def test_the_prefecture_checks_before() -> None:
    survey, responses = three_responses()
    Survey.objects.filter(pk=survey.pk).update(prefecture_part=PrefecturePart.CHECK)

    assert accept_responses(survey, [responses[0].pk], by=survey.created_by) == 0


def test_others_accept_nothing() -> None:
    survey, responses = three_responses()
    strangers = [
        person_at(DivisionFactory.create(), Role.APPROVER),
        person_at(survey.division, Role.VIEWER),
        person_at(responses[0].organization, Role.APPROVER),
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            accept_responses(survey, [responses[0].pk], by=stranger)
    assert states_of(survey)[0] == AssignmentState.SUBMITTED


def race(survey: Survey, response: Assignment) -> list[object]:
    """Accepting and pulling back at the same moment."""
    writer = response.submitted_by
    assert writer is not None
    return at_once(
        [
            lambda: accept_responses(survey, [response.pk], by=survey.created_by),
            lambda: pull_back(response, by=writer),
        ],
        before=('UPDATE "surveys_assignment"', 'UPDATE "surveys_submission"'),
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_pulled_back_at_the_same_moment_is_not_accepted() -> None:
    survey, responses = three_responses()

    accepted, pulled = race(survey, responses[0])

    assert (accepted, type(pulled)) in [(0, type(None)), (1, Stale)]


@pytest.mark.django_db(transaction=True)
def test_without_locks_it_would_be_both(monkeypatch: pytest.MonkeyPatch) -> None:
    survey, responses = three_responses()
    without_locks(monkeypatch)

    accepted, pulled = race(survey, responses[0])

    assert pulled is None
    assert accepted == 1 or isinstance(accepted, IntegrityError)  # the last lock is the table's
