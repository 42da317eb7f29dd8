import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from onepublic.audit.models import AuditEvent
from onepublic.mail.models import MailPreference, OutboxMessage
from onepublic.mail.preferences import set_preference
from onepublic.notifications.forms import NO_HOURS
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db
PAGE = reverse("mail_settings")
NOTIFICATIONS = reverse("notifications")


@pytest.fixture
def officer(client: Client) -> User:
    officer = person_at(OrganizationFactory.create())
    client.force_login(officer)
    return officer


def test_it_shows_that_mail_comes_at_once_unless_wished_otherwise(
    client: Client, officer: User
) -> None:
    form = client.get(PAGE).context["form"]

    assert [form[name].value() for name in ("timing", "hours", "business_days_only")] == [
        "at_once",
        [],
        False,
    ]


def test_a_wish_is_kept_and_shown_again(client: Client, officer: User) -> None:
    sent = {"timing": "collected", "hours": ["17", "8"], "business_days_only": "on"}

    page = client.post(PAGE, sent, follow=True)

    kept = MailPreference.objects.get(user=officer)
    assert (kept.hours, kept.business_days_only) == ([8, 17], True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert [str(message) for message in page.context["messages"]] == [
        "メールの受取り方を保存しました。"
    ]
    form = page.context["form"]
    assert [form[name].value() for name in ("timing", "hours", "business_days_only")] == [
        "collected",
        ["8", "17"],
        True,
    ]


def test_hours_count_for_nothing_when_mail_comes_at_once(client: Client, officer: User) -> None:
    client.post(PAGE, {"timing": "at_once", "hours": ["8"]})

    assert MailPreference.objects.get(user=officer).hours == []


def test_to_be_collected_mail_needs_an_hour(client: Client, officer: User) -> None:
    page = client.post(PAGE, {"timing": "collected", "business_days_only": "on"})

    form = page.context["form"]
    assert form.errors == {"hours": [NO_HOURS]}
    assert form["business_days_only"].value() is True
    assert not MailPreference.objects.exists()
    assert not AuditEvent.objects.filter(action="mail.preference_set").exists()


@pytest.mark.parametrize("hour", ["6", "24", "-1", "8時", "\x00"])
def test_an_hour_that_is_not_offered_is_refused(client: Client, officer: User, hour: str) -> None:
    page = client.post(PAGE, {"timing": "collected", "hours": [hour]})

    assert list(page.context["form"].errors) == ["hours"]
    assert not MailPreference.objects.exists()


def test_one_persons_wish_is_not_anothers(client: Client, officer: User) -> None:
    other = person_at(OrganizationFactory.create())

    client.post(PAGE, {"timing": "collected", "hours": ["8"]})

    assert list(MailPreference.objects.values_list("user", flat=True)) == [officer.pk]
    assert not MailPreference.objects.filter(user=other).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_notification_centre_says_until_when_a_mail_waits(client: Client, count: int) -> None:
    town = OrganizationFactory.create()
    officer = person_at(town)
    set_preference(officer, hours=[8], business_days_only=False)
    for _ in range(count):
        published(to=[town])
    client.force_login(officer)

    page = client.get(NOTIFICATIONS)

    assert OutboxMessage.objects.filter(digest_at__isnull=False).count() == count
    assert page.content.decode().count("にまとめて送信</span>") == count
