import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from notices.models import Notice
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import a_draft, in_review, published

pytestmark = pytest.mark.django_db
DRAFTS = reverse("notices:drafts")


def listed(client: Client) -> list[Notice]:
    return [version.notice for version in client.get(DRAFTS).context["page"].rows]


def test_it_lists_what_the_persons_divisions_are_writing(client: Client) -> None:
    division, village = DivisionFactory.create(), OrganizationFactory.create()
    draft, review = a_draft(division=division), in_review(to=[village], division=division)
    published(to=[village], division=division)
    a_draft()
    client.force_login(person_at(division, Role.VIEWER))

    assert listed(client) == [review, draft]


@pytest.mark.parametrize(("role", "offered"), [(Role.DRAFTER, True), (Role.APPROVER, False)])
def test_a_new_notice_is_offered_to_drafters(client: Client, role: Role, offered: bool) -> None:
    client.force_login(person_at(DivisionFactory.create(), role))

    assert (reverse("notices:new") in client.get(DRAFTS).text) is offered


def test_it_is_the_ministrys(client: Client) -> None:
    client.force_login(person_at(OrganizationFactory.create()))

    assert client.get(DRAFTS).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    division = DivisionFactory.create()
    for _ in range(count):
        a_draft(division=division)
    client.force_login(person_at(division, Role.DRAFTER))

    # session, user, memberships, page, the navigation's two counts
    with django_assert_num_queries(6):
        client.get(DRAFTS)
