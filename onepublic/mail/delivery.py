"""Sending what was claimed: outside any transaction, one recipient a message."""

import logging
import smtplib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.db.models.functions import Now

from onepublic.mail.gates import kept_back
from onepublic.mail.models import OutboxMessage
from onepublic.mail.querysets import LEASE
from onepublic.mail.rendering import Letter, Rendered, render
from onepublic.mail.states import MailState

log = logging.getLogger(__name__)
BATCH = 100
MOST_ATTEMPTS = 8
# A batch ends well before its lease: what is left waits for the next claim, so that no second
# worker sends a row that the first still holds.
BATCH_SECONDS = LEASE.total_seconds() / 2


@dataclass(frozen=True, slots=True)
class Parcel:
    """One mail to one person: the messages that it settles, its letter, and the Message-ID that
    every attempt bears.
    """

    messages: Sequence[OutboxMessage]
    letter: Letter
    message_id: str

    @property
    def attempts(self) -> int:
        return max(message.attempts for message in self.messages)


Packer = Callable[[Sequence[OutboxMessage], Mapping[int, Letter]], list[Parcel]]


def deliver_batch() -> int:
    """Claim up to BATCH due single messages, send them, and return how many were claimed."""
    return deliver(OutboxMessage.objects.claim(BATCH), _each_alone)


def _each_alone(messages: Sequence[OutboxMessage], letters: Mapping[int, Letter]) -> list[Parcel]:
    return [Parcel([one], letters[one.pk], one.message_id) for one in messages]


def deliver(messages: Sequence[OutboxMessage], pack: Packer) -> int:
    """Send claimed messages as ``pack`` puts those that have a letter together; return how many
    were claimed. What a gate keeps back is cancelled.
    """
    if messages:
        held = kept_back(messages)
        rendered = render([message for message in messages if message.pk not in held])
        _set_aside(messages, rendered)
        written = [message for message in messages if message.pk in rendered.letters]
        _send_all(pack(written, rendered.letters))
    return len(messages)


def _set_aside(messages: Sequence[OutboxMessage], rendered: Rendered) -> None:
    """What can't be written is tried later, in another letter; what has lost its subject ends."""
    for message in messages:
        if failure := rendered.failures.get(message.pk):
            final = message.attempts >= MOST_ATTEMPTS
            _retry_later([message], failure, final=final, digest=None)
        elif message.pk not in rendered.letters:
            _settle([message], state=MailState.CANCELLED)


def _send_all(parcels: Sequence[Parcel]) -> None:
    started = time.monotonic()
    connection = get_connection()
    try:
        for parcel in parcels:
            if time.monotonic() - started > BATCH_SECONDS:
                _settle(parcel.messages, attempts=F("attempts") - 1)
            else:
                _send(parcel, connection)
    finally:
        connection.close()


def _send(parcel: Parcel, connection: BaseEmailBackend) -> None:
    mail = EmailMessage(
        subject=parcel.letter.subject,
        body=parcel.letter.text,
        from_email=settings.MAIL_FROM,
        to=[parcel.messages[0].person.email],
        headers={"Message-ID": parcel.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        connection.open()
        mail.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        connection.close()
        _retry_later(parcel.messages, error, final=_is_final(parcel.attempts, error))
    else:
        _settle(parcel.messages, state=MailState.SENT, sent_at=Now())


def _retry_later(
    messages: Sequence[OutboxMessage], error: Exception, *, final: bool, **values: object
) -> None:
    """Try again after 1, 2, 4 … 16 minutes, unless it is ``final``."""
    keys = ", ".join(str(message.pk) for message in messages)
    log.warning("mail about outbox messages %s was not sent: %s", keys, error)
    attempts = max(message.attempts for message in messages)
    _settle(
        messages,
        state=MailState.FAILED if final else MailState.PENDING,
        due_at=Now() + timedelta(minutes=2 ** min(attempts - 1, 4)),
        last_error=(str(error) or repr(error))[:300].replace("\x00", ""),
        **values,
    )


def _is_final(attempts: int, error: Exception) -> bool:
    """A refused or malformed address at once, another answer of the server after 8 attempts.

    A server that can't be reached says nothing about the message: that is tried for ever.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return min(codes) >= 500 or attempts >= MOST_ATTEMPTS
    if isinstance(error, ValueError):
        return True
    return isinstance(error, smtplib.SMTPResponseException) and attempts >= MOST_ATTEMPTS


def _settle(messages: Sequence[OutboxMessage], **values: object) -> None:
    """The messages of one mail together, in one statement."""
    waiting = OutboxMessage.objects.filter(
        pk__in=[message.pk for message in messages], state=MailState.PENDING
    )
    waiting.update(lease_until=None, **values)
