import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import Division, Organization
from accounts.states import Role
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at

pytestmark = pytest.mark.django_db
LIST = reverse("divisions")


@pytest.fixture
def village(client: Client) -> Organization:
    village = OrganizationFactory.create()
    client.force_login(person_at(village, Role.ORG_ADMIN))
    return village


def test_it_lists_the_own_divisions_with_their_people(
    client: Client, village: Organization
) -> None:
    section = DivisionFactory.create(organization=village, name="保健課")
    person_at(section)
    person_at(section).memberships.update(valid_from="2020-04-01", valid_to="2021-03-31")
    DivisionFactory.create(organization=village, valid_to="2021-03-31")
    person_at(OrganizationFactory.create())

    rows = client.get(LIST).context["rows"]

    assert [(row.name, row.people) for row in rows] == [("窓口", 1), ("保健課", 1)]


def test_one_is_added_renamed_and_closed(client: Client, village: Organization) -> None:
    assertRedirects(client.post(LIST, {"name": "保健課"}), LIST)
    section = Division.objects.get(name="保健課")
    own = reverse("division", args=[section.pk])

    assertRedirects(client.post(own, {"name": "健康課"}), LIST)
    assertContains(client.get(LIST), "健康課")
    assertRedirects(client.post(reverse("division_closing", args=[section.pk])), LIST)

    assert client.get(own).status_code == 404


def test_a_name_that_is_taken_or_missing_is_said_at_the_field(
    client: Client, village: Organization
) -> None:
    section = DivisionFactory.create(organization=village, name="保健課")
    own = reverse("division", args=[section.pk])

    assertContains(client.post(LIST, {"name": "保健課"}), "同じ名称の課室があります")
    assertContains(client.post(LIST, {"name": " "}), "課室の名称を入力してください。")
    assertContains(client.post(own, {"name": "窓口"}), "同じ名称の課室があります")


def test_one_with_people_is_not_closed(client: Client, village: Organization) -> None:
    section = DivisionFactory.create(organization=village)
    person_at(section)

    answer = client.post(reverse("division_closing", args=[section.pk]), follow=True)

    assertContains(answer, "所属している人がいるため、廃止できません。")


def test_anothers_division_is_not_found(client: Client, village: Organization) -> None:
    foreign = DivisionFactory.create(organization=OrganizationFactory.create())

    assert client.get(reverse("division", args=[foreign.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client: Client,
    village: Organization,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for division in DivisionFactory.create_batch(count, organization=village):
        person_at(division)

    # session, user, memberships, list, two counts of the navigation
    with django_assert_num_queries(6):
        client.get(LIST)
