from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organization
from accounts.states import Role
from notices.models import Delivery, Notice
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import ISSUED_ON, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def notice(village: Organization) -> Notice:
    return published(to=[village])


def address(notice: Notice) -> str:
    return reverse("notices:acknowledgement", args=[notice.pk])


def test_it_confirms_once_and_says_so_calmly_the_second_time(
    client: Client, village: Organization, notice: Notice
) -> None:
    officer = person_at(village)
    client.force_login(officer)

    answers = [client.post(address(notice), follow=True) for _ in range(2)]

    said = [str([*answer.context["messages"]][-1]) for answer in answers]
    assert said == [
        "確認済みにしました。確認を待っている通知は、ほかにありません。"
        '<a href="/">今日することに戻る</a>',
        "この通知は、すでに確認済みです。",
    ]
    assert Delivery.objects.get().acknowledged_by == officer


def test_it_leads_to_the_notice_that_is_due_next(
    client: Client, village: Organization, notice: Notice
) -> None:
    client.force_login(person_at(village))
    published(to=[village], title="急がない")
    published(to=[village], title="あと", due_on=ISSUED_ON + timedelta(days=9))
    soonest = published(to=[village], title="<b>先</b>", due_on=ISSUED_ON + timedelta(days=2))
    published(to=[OrganizationFactory.create()], title="他団体", due_on=ISSUED_ON)

    answer = client.post(address(notice), follow=True)

    said = "確認済みにしました。次に確認する通知：" + (
        f'<a href="/notices/{soonest.pk}/">&lt;b&gt;先&lt;/b&gt;</a>'
    )
    assert [str(message) for message in answer.context["messages"]] == [said]
    assert said in answer.content.decode()


def test_a_link_in_a_mail_confirms_nothing(
    client: Client, village: Organization, notice: Notice
) -> None:
    client.force_login(person_at(village))

    assert client.get(address(notice)).status_code == 405
    assert Delivery.objects.get().acknowledged_at is None


def test_viewers_and_the_prefecture_may_not_strangers_find_nothing(
    client: Client, village: Organization, notice: Notice
) -> None:
    assert village.prefecture
    for person in (person_at(village, Role.VIEWER), person_at(village.prefecture)):
        client.force_login(person)
        assert client.post(address(notice)).status_code == 403

    client.force_login(person_at(OrganizationFactory.create()))
    assert client.post(address(notice)).status_code == 404
    assert Delivery.objects.get().opened_at is None
