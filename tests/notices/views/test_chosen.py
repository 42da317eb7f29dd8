import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Division, Organization, User
from accounts.states import Role
from notices.actions.receiving import acknowledge
from notices.models import Delivery
from notices.views.chosen import NO_DIVISION, NOTHING_CHOSEN
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db
ACKNOWLEDGE = reverse("notices:acknowledgements")
HAND_OVER = reverse("notices:hand_overs")


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def officer(client: Client, village: Organization) -> User:
    officer = person_at(village)
    client.force_login(officer)
    return officer


@pytest.fixture
def section(village: Organization) -> Division:
    return DivisionFactory.create(organization=village, name="保健課")


def keys() -> list[int]:
    return list(Delivery.objects.values_list("pk", flat=True))


def said(client: Client, url: str, **form: object) -> str:
    answer = client.post(url, form, follow=True)
    return str([*answer.context["messages"]][-1])


def test_what_was_chosen_is_confirmed_and_it_says_how_many_were_new(
    client: Client, village: Organization, officer: User
) -> None:
    acknowledge(published(to=[village]), by=person_at(village))
    for _ in range(2):
        published(to=[village])

    assert said(client, ACKNOWLEDGE, delivery=keys()) == (
        "2件を確認済みにしました。残る1件は、すでに済んでいるか、操作できない通知です。"
    )
    assert Delivery.objects.unacknowledged().count() == 0


def test_it_leads_back_to_the_list_as_it_was_and_nowhere_else(
    client: Client, village: Organization, officer: User
) -> None:
    published(to=[village])
    form = {"delivery": keys(), "back": "show=unread&q=接種"}

    assert client.post(ACKNOWLEDGE, form)["Location"] == (
        "/notices/?show=unread&q=%E6%8E%A5%E7%A8%AE"
    )
    away = client.post(ACKNOWLEDGE, form | {"back": "//example.com/"})
    assert away["Location"] == "/notices/?%2F%2Fexample.com%2F="


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 30], ["²"]])
def test_without_a_choice_it_says_so(
    client: Client, village: Organization, officer: User, chosen: list[str]
) -> None:
    published(to=[village])

    assert said(client, ACKNOWLEDGE, delivery=chosen) == NOTHING_CHOSEN
    assert Delivery.objects.unacknowledged().count() == 1


def test_what_was_chosen_is_handed_over(
    client: Client, village: Organization, officer: User, section: Division
) -> None:
    for _ in range(2):
        published(to=[village])

    told = said(client, HAND_OVER, delivery=keys(), division=section.pk, remark="願います")

    assert told == "2件を保健課に引き継ぎました。"
    assert set(Delivery.objects.values_list("division", "remark")) == {(section.pk, "願います")}


def test_without_a_division_of_the_own_organization_nothing_is_handed_over(
    client: Client, village: Organization, officer: User
) -> None:
    published(to=[village])
    foreign = DivisionFactory.create()

    for division in ("", foreign.pk):
        assert said(client, HAND_OVER, delivery=keys(), division=division) == NO_DIVISION
    assert Delivery.objects.get().division is None


def test_others_deliveries_are_refused(client: Client, officer: User) -> None:
    published(to=[OrganizationFactory.create()])

    assert client.post(ACKNOWLEDGE, {"delivery": keys()}).status_code == 403
    assert Delivery.objects.unacknowledged().count() == 1


def test_viewers_may_not_and_are_offered_nothing(client: Client, village: Organization) -> None:
    published(to=[village])
    client.force_login(person_at(village, Role.VIEWER))

    page = client.get(reverse("notices:inbox"))

    assert "確認済みにする" not in page.text
    for url in (ACKNOWLEDGE, HAND_OVER):
        assert client.post(url, {"delivery": keys()}).status_code == 403
