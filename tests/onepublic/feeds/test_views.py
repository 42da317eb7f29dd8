import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from onepublic.feeds.actions import issue
from onepublic.feeds.models import FeedAddress
from tests.factories.accounts import OrganizationFactory, person_at

pytestmark = pytest.mark.django_db
PAGE = reverse("feeds:page")


@pytest.fixture
def person(client: Client) -> User:
    user = person_at(OrganizationFactory.create())
    client.force_login(user)
    return user


def press(client: Client, name: str, seen: object) -> str:
    return client.post(reverse(name), {"seen": seen}, follow=True).text


def test_a_person_issues_renews_and_revokes_their_address(
    client: Client, person: User, settings: Settings
) -> None:
    assert "アドレスは、まだ発行していません。" in client.get(PAGE).text

    first = press(client, "feeds:issuing", 0)
    address = FeedAddress.objects.get(user=person)
    for ending in ("notices.atom", "due.ics"):
        assert f'value="{settings.PORTAL_URL}/feeds/{address.token}/{ending}"' in first
    second = press(client, "feeds:issuing", address.pk)
    renewed = FeedAddress.objects.get(user=person)
    assert address.token not in second
    assert renewed.token in second
    last = press(client, "feeds:revocation", renewed.pk)

    assert "アドレスを取り消しました。" in last
    assert FeedAddress.objects.count() == 0


@pytest.mark.parametrize("seen", ["", "x", "-1", "٣", "9" * 30, "0"])
def test_an_old_or_strange_page_says_so_and_changes_nothing(
    client: Client, person: User, seen: str
) -> None:
    address = issue(person, seen=0)

    page = press(client, "feeds:issuing", seen)

    assert "アドレスは、別の画面で変更されています。" in page
    assert FeedAddress.objects.get() == address


def test_an_address_that_can_not_be_shown_any_more_says_why(
    client: Client, person: User, settings: Settings
) -> None:
    address = issue(person, seen=0)
    FeedAddress.objects.filter(pk=address.pk).update(token_hash="0" * 64)

    page = client.get(PAGE).text

    assert "サーバーの設定が変わったため、表示できません。" in page
    assert address.token not in page
