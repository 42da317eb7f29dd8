import pytest

from accounts.states import Role
from onepublic.addresses import addresses_of_surveys
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.surveys import assignment_of, running_survey

pytestmark = pytest.mark.django_db


def test_who_was_asked_answers_and_who_follows_counts() -> None:
    prefecture = PrefectureFactory.create()
    town = OrganizationFactory.create(prefecture=prefecture)
    both, below = running_survey(town, prefecture), running_survey(town)
    wanted = [both.pk, below.pk]

    assert addresses_of_surveys(person_at(town), wanted) == {
        both.pk: f"/surveys/assignments/{assignment_of(both, town).pk}/",
        below.pk: f"/surveys/assignments/{assignment_of(below, town).pk}/",
    }
    assert addresses_of_surveys(person_at(prefecture), wanted) == {
        both.pk: f"/surveys/assignments/{assignment_of(both, prefecture).pk}/",
        below.pk: f"/surveys/managed/{below.pk}/",
    }
    assert addresses_of_surveys(person_at(DivisionFactory.create(), Role.VIEWER), wanted) == {
        both.pk: f"/surveys/managed/{both.pk}/",
        below.pk: f"/surveys/managed/{below.pk}/",
    }


def test_others_have_no_page() -> None:
    survey = running_survey(OrganizationFactory.create())

    assert addresses_of_surveys(person_at(OrganizationFactory.create()), [survey.pk]) == {}
