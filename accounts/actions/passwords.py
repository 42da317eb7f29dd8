"""Passwords: asking for a link to set one, and setting it."""

from django.db import transaction

from accounts.mail import PASSWORD_RESET
from accounts.models import User
from onepublic.audit.models import record
from onepublic.mail.outbox import enqueue


@transaction.atomic
def request_password_reset(user: User) -> None:
    """Send the person a link; each request is one mail.

    By the outbox, so that the page takes no longer and fails no sooner for an address that is
    known than for one that is not.
    """
    event = record("user.password_reset_requested", user, by=None)
    enqueue(
        PASSWORD_RESET, subject_id=event.pk, people=User.objects.filter(pk=user.pk), at_once=True
    )


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Keep the hash of a password that was validated before."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("user.password_set", user, by=user)
