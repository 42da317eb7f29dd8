import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.mail.tasks import deliver_due
from tests.factories.accounts import MinistryFactory, window_of

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "a-long-enough-secret-1"


def add(**changes: object) -> None:
    given = {"organization": "mhlw", "division": "", "role": ["system_admin"]} | changes
    call_command("add_person", "Admin@example.jp", "管理 者", **given)


@pytest.fixture(autouse=True)
def ministry() -> None:
    window_of(MinistryFactory.create())


def test_the_first_person_gets_a_place_and_the_trail_says_so() -> None:
    add()

    person = User.objects.get()
    assert (person.email, person.name) == ("admin@example.jp", "管理 者")
    assert person.has_role(Role.SYSTEM_ADMIN)
    assert not person.has_usable_password()
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["user.created", "membership.created"]


def test_a_second_place_makes_no_second_person() -> None:
    add()
    add(role=["auditor"])

    assert User.objects.get().memberships.count() == 2


def test_the_person_sets_the_password_by_a_link_in_the_mail(
    client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    add()

    client.post("/accounts/password/reset/", {"email": "admin@example.jp"})
    deliver_due()
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link.group(), follow=True)
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(page.redirect_chain[-1][0], passwords)

    assert User.objects.get().check_password(NEW_PASSWORD)


def test_an_unknown_place_or_a_broken_address_changes_nothing() -> None:
    with pytest.raises(CommandError, match="課室がありません（mhlw nowhere）。"):
        add(division="nowhere")
    with pytest.raises(CommandError):
        call_command("add_person", "broken", "名", organization="mhlw", role=["auditor"])

    assert User.objects.count() == 0
