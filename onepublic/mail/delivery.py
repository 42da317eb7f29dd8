"""Sending what was claimed: outside any transaction, one recipient a message."""

import logging
import smtplib
import time
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models.functions import Now

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


def deliver_batch() -> int:
    """Claim up to BATCH due messages, send them, and return how many were claimed."""
    messages = OutboxMessage.objects.claim(BATCH)
    if messages:
        _send_all(messages, render(messages))
    return len(messages)


def _send_all(messages: Sequence[OutboxMessage], rendered: Rendered) -> None:
    started = time.monotonic()
    connection = get_connection()
    try:
        for message in messages:
            letter = rendered.letters.get(message.pk)
            failure = rendered.failures.get(message.pk)
            if failure is not None:
                _retry_later(message, failure, final=message.attempts >= MOST_ATTEMPTS)
            elif letter is None:
                _settle(message, state=MailState.CANCELLED)
            elif time.monotonic() - started > BATCH_SECONDS:
                _settle(message, attempts=message.attempts - 1)
            else:
                _send(message, letter, connection)
    finally:
        connection.close()


def _send(message: OutboxMessage, letter: Letter, connection: BaseEmailBackend) -> None:
    mail = EmailMessage(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.MAIL_FROM,
        to=[message.person.email],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        connection.open()
        mail.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        connection.close()
        _retry_later(message, error, final=_is_final(message, error))
    else:
        _settle(message, state=MailState.SENT, sent_at=Now())


def _retry_later(message: OutboxMessage, error: Exception, *, final: bool) -> None:
    """Try again after 1, 2, 4 … 16 minutes, unless it is ``final``."""
    log.warning("mail %s was not sent: %s", message.message_id, error)
    wait = timedelta(minutes=2 ** min(message.attempts - 1, 4))
    _settle(
        message,
        state=MailState.FAILED if final else MailState.PENDING,
        due_at=Now() + wait,
        last_error=(str(error) or repr(error))[:300].replace("\x00", ""),
    )


def _is_final(message: OutboxMessage, error: Exception) -> bool:
    """A refused or malformed address at once, another answer of the server after 8 attempts.

    A server that can't be reached says nothing about the message: that is tried for ever.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return min(codes) >= 500 or message.attempts >= MOST_ATTEMPTS
    if isinstance(error, ValueError):
        return True
    return isinstance(error, smtplib.SMTPResponseException) and message.attempts >= MOST_ATTEMPTS


def _settle(message: OutboxMessage, **values: object) -> None:
    OutboxMessage.objects.filter(pk=message.pk, state=MailState.PENDING).update(
        lease_until=None, **values
    )
