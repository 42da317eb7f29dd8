import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils.crypto import get_random_string
from pytest_django import Settings

from accounts.models import User
from onepublic.audit.models import AuditEvent
from onepublic.mail.models import OutboxMessage
from onepublic.mail.tasks import deliver_due
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"


@pytest.fixture
def person() -> User:
    return UserFactory.create(email="officer@city.example")


def test_the_link_begins_with_the_portals_address_whatever_host_was_named(
    client: Client, person: User, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.PORTAL_URL, settings.ALLOWED_HOSTS = "https://portal.example", ["*"]

    client.post(RESET, {"email": person.email}, headers={"host": "evil.example"})
    deliver_due()

    assert re.findall(r"https?://[^/\s]+", str(mailoutbox[0].body)) == ["https://portal.example"]
    assert mailoutbox[0].to == [person.email]


def test_a_mail_server_that_is_away_is_not_noticed_on_the_page(
    client: Client, person: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = client.post(RESET, {"email": person.email})

    assert (response.status_code, response["Location"]) == (302, f"{RESET}done/")
    assert OutboxMessage.objects.get().person == person


def test_each_request_is_one_mail_and_one_event(
    client: Client, person: User, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(2):
        client.post(RESET, {"email": person.email})
    deliver_due()

    assert len(mailoutbox) == 2
    events = AuditEvent.objects.values_list("action", "target_id")
    assert list(events) == [("user.password_reset_requested", person.pk)] * 2


def test_who_left_meanwhile_gets_no_link(
    client: Client, person: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(RESET, {"email": person.email})
    User.objects.update(is_active=False)

    deliver_due()

    assert mailoutbox == []


def test_a_changed_password_leaves_an_event(client: Client, person: User) -> None:
    client.force_login(person)
    new = get_random_string(20)

    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", form)

    person.refresh_from_db()
    event = AuditEvent.objects.get()
    assert person.check_password(new)
    assert (event.action, event.actor, event.target_id) == ("user.password_set", person, person.pk)
