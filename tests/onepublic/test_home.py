import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from notices.actions.receiving import acknowledge
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    UserFactory,
    person_at,
)
from tests.factories.notices import in_review, published
from tests.factories.surveys import running_survey

pytestmark = pytest.mark.django_db


def test_a_town_sees_what_waits_for_it_and_nothing_of_others(client: Client) -> None:
    town, other = OrganizationFactory.create_batch(2)
    published(to=[town], title="町への通知")
    published(to=[other], title="他の村への通知")
    running_survey(town, title="町への調査")
    running_survey(other, title="他の村への調査")
    client.force_login(person_at(town))

    page = client.get(reverse("home"))

    assert [(card.title, card.count) for card in page.context["cards"]] == [
        ("確認する通知", 1),
        ("未開封の通知", 1),
        ("回答する調査", 1),
    ]
    text = page.content.decode()
    assert "町への通知" in text
    assert "町への調査" in text
    assert "他の村" not in text


def test_a_card_leads_to_the_list_that_it_counts(client: Client) -> None:
    town = OrganizationFactory.create()
    officer = person_at(town, Role.DRAFTER)
    published(to=[town])
    acknowledge(published(to=[town]), by=officer)
    client.force_login(officer)

    cards = client.get(reverse("home")).context["cards"]

    assert [(card.count, len(client.get(card.url).context["page"].rows)) for card in cards[:2]] == [
        (1, 1),
        (1, 1),
    ]


def test_an_approver_sees_the_drafts_of_the_own_division(client: Client) -> None:
    town = OrganizationFactory.create()
    own, other = DivisionFactory.create_batch(2)
    in_review(to=[town], division=own)
    in_review(to=[town], division=other)
    client.force_login(person_at(own, Role.APPROVER))

    page = client.get(reverse("home"))

    assert [(card.title, card.count) for card in page.context["cards"]] == [
        ("決裁を待つ起案", 1),
        ("省が発出した通知", 0),
        ("実施中の調査", 0),
    ]


def test_a_person_without_a_place_is_told_so(client: Client) -> None:
    client.force_login(UserFactory.create())

    assert "現在の所属がありません" in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_much_waits(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    town = OrganizationFactory.create()
    for _ in range(count):
        published(to=[town])
        running_survey(town)
    client.force_login(person_at(town))

    with django_assert_num_queries(10):
        client.get(reverse("home"))
