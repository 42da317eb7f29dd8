import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Organization
from accounts.states import Role
from notices.models import TopicRoute
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import routed, topic

pytestmark = pytest.mark.django_db
ROUTES = reverse("notices:routes")


@pytest.fixture
def village(client: Client) -> Organization:
    village = OrganizationFactory.create()
    client.force_login(person_at(village, Role.ORG_ADMIN))
    return village


def test_it_shows_what_is_set_and_saves_what_is_chosen(
    client: Client, village: Organization
) -> None:
    section = DivisionFactory.create(organization=village, name="保健課")
    routed("予防接種", to=section)
    care = topic("介護保険")

    page = client.get(ROUTES)
    answer = client.post(ROUTES, {f"topic-{care.pk}": section.pk})

    assertContains(page, f'<option value="{section.pk}" selected>保健課</option>', html=True)
    assertRedirects(answer, ROUTES)
    assert [(row.topic, row.division) for row in TopicRoute.objects.all()] == [(care, section)]


def test_only_divisions_of_the_own_organization_are_offered(
    client: Client, village: Organization
) -> None:
    DivisionFactory.create(organization=village, name="旧課", valid_to="2021-03-31")
    foreign = DivisionFactory.create(organization=OrganizationFactory.create(), name="よその課")
    vaccines = topic("予防接種")

    page = client.post(ROUTES, {f"topic-{vaccines.pk}": foreign.pk})

    assertNotContains(page, "旧課")
    assertNotContains(page, "よその課")
    assertContains(page, "予防接種は、一覧にある中から選び直してください。")
    assert not TopicRoute.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(
    client: Client,
    village: Organization,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        routed(f"分野{number}", to=DivisionFactory.create(organization=village))

    # session, user, memberships, topics, divisions, routes, two counts of the navigation
    with django_assert_num_queries(8):
        client.get(ROUTES)
