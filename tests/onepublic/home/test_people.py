from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership
from accounts.states import Role
from onepublic.home.people import Place, newest_places
from tests.factories.accounts import OrganizationFactory, UserFactory, person_at, window_of

pytestmark = pytest.mark.django_db


def test_an_administrator_sees_who_has_a_place_today_and_can_sign_in() -> None:
    town, other = OrganizationFactory.create_batch(2)
    administrator = person_at(town, Role.ORG_ADMIN)
    person_at(other)
    left, locked = person_at(town), person_at(town)
    Membership.objects.filter(user=left).update(
        valid_from=date(2024, 4, 1), valid_to=date(2025, 3, 31)
    )
    locked.is_active = False
    locked.save()
    Membership.objects.create(
        user=UserFactory.create(name="鈴木 彩"),
        division=window_of(town),
        roles=[Role.VIEWER, Role.DRAFTER],
        valid_from=date(2026, 4, 1),
    )

    places = newest_places(administrator)

    assert places[0] == Place("鈴木 彩", "窓口", "起案者、閲覧者", date(2026, 4, 1))
    assert [place.person for place in places] == ["鈴木 彩", administrator.name]


def test_other_roles_find_no_such_page(client: Client) -> None:
    client.force_login(person_at(OrganizationFactory.create(), Role.APPROVER))

    assert client.get(reverse("people")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    town = OrganizationFactory.create()
    administrator = person_at(town, Role.ORG_ADMIN)
    for _ in range(count):
        person_at(town)
    client.force_login(administrator)

    with django_assert_num_queries(6):
        page = client.get(reverse("people"))

    assert len(page.context["places"]) == count + 1
