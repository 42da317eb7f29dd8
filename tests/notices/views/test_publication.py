import pytest
from django.test import Client
from django.urls import reverse

from accounts.states import Role
from notices.models import Delivery, Notice
from notices.states import NoticeState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import approver_of, in_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> Notice:
    village = OrganizationFactory.create()
    person_at(village)
    person_at(village, Role.VIEWER)
    return in_review(to=[village])


def address(notice: Notice) -> str:
    return reverse("notices:publication", args=[notice.pk])


def test_it_shows_what_will_go_out_and_changes_nothing(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))

    context = client.get(address(notice)).context

    assert (context["organizations"], context["people"]) == (1, 2)
    assert "宛先は47都道府県のうち1都道府県の団体です。" in context["unusual"]
    assert Delivery.objects.count() == 0


def test_it_publishes(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))

    response = client.post(address(notice), {"revision": notice.revision}, follow=True)

    notice.refresh_from_db()
    assert [str(message) for message in response.context["messages"]] == ["発出しました。"]
    assert (notice.state, Delivery.objects.count()) == (NoticeState.PUBLISHED, 1)


def test_pressing_twice_is_one_publication_and_a_calm_message(
    client: Client, notice: Notice
) -> None:
    client.force_login(approver_of(notice.division))
    client.post(address(notice), {"revision": notice.revision})

    response = client.post(address(notice), {"revision": notice.revision}, follow=True)

    last = [*response.context["messages"]][-1]
    assert str(last) == "この通知は、すでに発出されています。"
    assert Delivery.objects.count() == 1


def test_what_the_approver_did_not_see_is_not_published(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))

    client.post(address(notice), {"revision": notice.revision - 1})

    assert Delivery.objects.count() == 0


def test_after_publication_the_confirmation_leads_to_the_notice(
    client: Client, notice: Notice
) -> None:
    client.force_login(approver_of(notice.division))
    client.post(address(notice), {"revision": notice.revision})

    response = client.get(address(notice))

    assert response.headers["Location"] == reverse("notices:detail", args=[notice.pk])


def test_drafters_authors_and_strangers_may_not(client: Client, notice: Notice) -> None:
    notice.created_by.memberships.update(roles=[Role.DRAFTER, Role.APPROVER])
    for person in (notice.created_by, person_at(notice.division, Role.DRAFTER)):
        client.force_login(person)
        assert client.get(address(notice)).status_code == 403
        assert client.post(address(notice), {"revision": notice.revision}).status_code == 403

    client.force_login(approver_of(DivisionFactory.create()))
    assert client.post(address(notice), {"revision": notice.revision}).status_code == 404
    assert Delivery.objects.count() == 0
