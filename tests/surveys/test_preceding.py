from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from surveys.actions import accept_responses
from surveys.models import Assignment, Survey
from surveys.preceding import Before, rounds_before, values_before
from surveys.states import AssignmentState
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


def asked_again(organization: Organization, *before: Organization) -> Assignment:
    """This year's assignment of a survey that asked the others last year; those named handed in."""
    last = running_survey(*before, title="前回")
    this = running_survey(organization, title="今回")
    Survey.objects.filter(pk=this.pk).update(previous=last)
    return assignment_of(this, organization)


def hand_in(organization: Organization, **values: Any) -> None:
    submitted(assignment_of(Survey.objects.get(title="前回"), organization), **values)


def merge(into: Organization, *organizations: Organization) -> None:
    keys = [organization.pk for organization in organizations]
    Organization.objects.filter(pk__in=keys).update(successor=into)


def test_an_organization_has_its_own_values() -> None:
    village, other = OrganizationFactory.create_batch(2)
    asked = asked_again(village, village, other)
    hand_in(village, staff="4")
    hand_in(other, staff="9")

    assert values_before(rounds_before(asked)) == {"staff": 4, "desk": False}


def test_the_only_predecessors_values_are_the_successors() -> None:
    """Also over two steps: a village became a town, and the town a city."""
    village, town, city = OrganizationFactory.create_batch(3)
    asked = asked_again(city, village)
    hand_in(village, staff="4")
    merge(town, village)
    merge(city, town)

    rounds = rounds_before(asked)

    assert values_before(rounds) == {"staff": 4, "desk": False}
    assert [before.name for before in rounds] == [village.name]


@pytest.mark.parametrize("absorbs", [True, False])
def test_values_of_several_are_nobodys_own(absorbs: bool) -> None:
    """Whether a new city took their place or one took the other in, and though one was silent."""
    village, town, city = OrganizationFactory.create_batch(3)
    successor = village if absorbs else city
    asked = asked_again(successor, village, town)
    hand_in(village, staff="4")
    merge(successor, *({village, town} - {successor}))

    rounds = rounds_before(asked)

    assert values_before(rounds) is None
    assert rounds == [
        Before(village.name, {"staff": 4, "desk": False}),
        Before(town.name, None),
    ]


def test_who_answered_for_the_other_already_stands_alone() -> None:
    village, town = OrganizationFactory.create_batch(2)
    asked = asked_again(town, village, town)
    hand_in(town, staff="9")
    merge(town, village)
    last = Survey.objects.get(title="前回")
    Assignment.objects.filter(survey=last, organization=village).update(
        succeeded_by=assignment_of(last, town)
    )

    assert values_before(rounds_before(asked)) == {"staff": 9, "desk": False}


@pytest.mark.parametrize("state", [AssignmentState.NOT_APPLICABLE, AssignmentState.ACCEPTED])
def test_only_what_was_handed_in_with_answers_counts(state: str) -> None:
    """What was written before 該当なし is nobody's answer, also once that is accepted."""
    village = OrganizationFactory.create()
    asked = asked_again(village, village)
    hand_in(village, staff="4")
    before = Assignment.objects.filter(survey__title="前回")

    before.update(state=AssignmentState.NOT_APPLICABLE, not_applicable_reason="なし")
    if state == AssignmentState.ACCEPTED:
        last = Survey.objects.get(title="前回")
        accept_responses(last, [one.pk for one in before], by=last.created_by)

    assert rounds_before(asked) == [Before(village.name, None)]


@pytest.mark.parametrize("size", [1, 3])
def test_it_takes_one_query(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    merged = OrganizationFactory.create_batch(size)
    city = OrganizationFactory.create()
    asked = asked_again(city, *merged)
    merge(city, *merged)

    with django_assert_num_queries(1):
        rounds = rounds_before(asked)

    assert len(rounds) == size
