import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from notices.models import IssuingRule
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.notices import a_draft, approver_of, drafter_of

pytestmark = pytest.mark.django_db
LIST = reverse("notices:issuing_rules")


def test_a_symbol_is_set_and_then_gives_numbers(client: Client) -> None:
    notice = a_draft(number="")
    client.force_login(notice.created_by)

    page = reverse("notices:issuing_rule", args=[notice.division_id])
    client.post(page, {"symbol": "医政発"})
    client.post(reverse("notices:number", args=[notice.pk]), {"revision": "1"})

    assert notice.versions.get().number == "医政発1123第1号"


@pytest.mark.parametrize("symbol", ["医政発第", "医政発11", "医 政", "第１号"])
def test_a_symbol_that_no_number_shows_is_refused(client: Client, symbol: str) -> None:
    division = DivisionFactory.create()
    client.force_login(drafter_of(division))

    response = client.post(reverse("notices:issuing_rule", args=[division.pk]), {"symbol": symbol})

    assert set(response.context["form"].errors) == {"symbol"}
    assert not IssuingRule.objects.exists()


def test_a_drafter_cannot_slip_in_the_agreement(client: Client) -> None:
    division = DivisionFactory.create()
    client.force_login(drafter_of(division))

    client.post(
        reverse("notices:issuing_rule", args=[division.pk]),
        {"symbol": "医", "requires_agreement": "on"},
    )

    assert IssuingRule.objects.get().requires_agreement is False


def test_other_divisions_are_not_found(client: Client) -> None:
    client.force_login(approver_of(DivisionFactory.create()))
    page = reverse("notices:issuing_rule", args=[DivisionFactory.create().pk])

    assert client.get(page).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    division = DivisionFactory.create()
    DivisionFactory.create_batch(count - 1, organization=division.organization)
    client.force_login(person_at(division, Role.ORG_ADMIN))

    # session, user, memberships, divisions
    with django_assert_num_queries(4):
        client.get(LIST)
