import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from onepublic.dev.models import DemoMail
from onepublic.mail.models import OutboxMessage
from onepublic.mail.tasks import deliver_due
from tests.factories.accounts import OrganizationFactory, UserFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db


def test_only_a_demo_account_is_one_click_away(client: Client) -> None:
    real = UserFactory.create()
    demo = UserFactory.create(is_demo=True)

    refused = client.post(reverse("demo:sign_in"), {"email": real.email})
    taken = client.post(reverse("demo:sign_in"), {"email": demo.email})

    assert (refused.status_code, taken.status_code) == (404, 302)
    assert client.session["_auth_user_id"] == str(demo.pk)


def test_it_finds_window_accounts_by_name_reading_and_code(client: Client) -> None:
    OrganizationFactory.create(name="清川村", kana="きよかわむら", code="144029")
    OrganizationFactory.create(name="別の村", kana="べつのむら")

    found = [
        [place.name for place, _ in client.get("/demo/", {"q": query}).context["windows"]]
        for query in ("清川", "きよかわ", "１４４０２９", "無い")
    ]

    assert found == [["清川村"], ["清川村"], ["清川村"], []]


def test_the_post_box_shows_the_newest_first_and_one_persons_only(client: Client) -> None:
    for number, recipient in enumerate(["a@example.jp", "b@example.jp", "a@example.jp"]):
        DemoMail.objects.create(recipient=recipient, subject=f"件名{number}", text="本文")

    everything = client.get(reverse("demo:outbox")).context["page"].rows
    persons = client.get(reverse("demo:outbox"), {"to": "a@"}).context["page"].rows

    assert [mail.subject for mail in everything] == ["件名2", "件名1", "件名0"]
    assert [mail.subject for mail in persons] == ["件名2", "件名0"]


def test_the_post_box_leads_on_to_older_mail_of_the_same_person(client: Client) -> None:
    for number in range(51):
        DemoMail.objects.create(recipient="a@example.jp", subject=f"件名{number}", text="本文")
    DemoMail.objects.create(recipient="b@example.jp", subject="別の人", text="本文")

    first = client.get(reverse("demo:outbox"), {"to": "a@"})
    (address,) = re.findall(r'href="(\?[^"]+)" rel="next"', first.text)
    older = client.get(reverse("demo:outbox") + unescape(address))

    assert [mail.subject for mail in older.context["page"].rows] == ["件名0"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_post_box_takes_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        DemoMail.objects.create(recipient="a@example.jp", subject="件名", text="本文")

    with django_assert_num_queries(2):
        client.get(reverse("demo:outbox"))


def test_a_published_notice_reaches_the_post_box(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "onepublic.dev.mail.DemoOutboxBackend"  # as the demo has it
    town = OrganizationFactory.create()
    person = person_at(town)
    notice = published(to=[town], title="町への通知")

    deliver_due()

    (row,) = client.get(reverse("demo:outbox"), {"to": person.email}).context["page"].rows
    page = client.get(reverse("demo:mail", args=[row.pk])).content.decode()
    assert row.message_id == OutboxMessage.objects.get().message_id
    assert "町への通知" in page
    assert f"/notices/{notice.pk}/" in page
