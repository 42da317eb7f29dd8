"""The mail with a link to set a password; and who gets no mail any more."""

from collections.abc import Sequence

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Membership, User
from onepublic.mail.gates import register_gate
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register

PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a kind of mail


def password_reset_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """A letter to each who can still sign in; the subject is the event of the request.

    The link is made here and never stored, and begins with PORTAL_URL whatever host the
    request named.
    """
    return {m.pk: _letter(m.person) for m in messages if m.person.is_active}


def _letter(person: User) -> Letter:
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    parts = {"uidb36": user_pk_to_url_str(person), "key": key}
    path = reverse("account_reset_password_from_key", kwargs=parts)
    context = {"password_reset_url": f"{settings.PORTAL_URL}{path}"}
    template = "account/email/password_reset_key"
    subject = render_to_string(f"{template}_subject.txt").strip()
    text = render_to_string(f"{template}_message.txt", context)
    return Letter(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", text)


def to_ended_organizations(messages: Sequence[OutboxMessage]) -> set[int]:
    """The messages to people who have places in ended organizations only, by one query; what a
    person asked for alone, a link to set the password, is not held back.
    """
    people = {m.person_id for m in messages if m.kind != PASSWORD_RESET}
    members = Membership.objects.active()
    exists = Exists(members.at_places_in_force().filter(user=OuterRef("user")))
    placed = members.filter(user__in=people).annotate(exists=exists)
    gone = set(placed.filter(exists=False).values_list("user", flat=True))
    return {m.pk for m in messages if m.kind != PASSWORD_RESET and m.person_id in gone}


register_gate(to_ended_organizations)
register(PASSWORD_RESET, password_reset_letters)
