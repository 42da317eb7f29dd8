"""Writing to the outbox: in the transaction of the change, set-based."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from onepublic.core.sql import insert_select
from onepublic.mail.models import OutboxMessage
from onepublic.mail.querysets import OutboxQuerySet
from onepublic.mail.states import MailState
from onepublic.mail.tasks import deliver_soon
from onepublic.mail.timing import next_digest


def enqueue(
    kind: str,
    *,
    subject_id: int,
    people: QuerySet[Any],
    is_first: bool = False,
    at_once: bool = False,
) -> int:
    """One message about the subject to each of ``people`` (users); return how many were new.

    Must run in the transaction of the change that it tells of; sending starts after its commit,
    or at the next hour that the person picked (MailPreference) unless it is urgent (``at_once``).
    ``is_first``: nobody can have been told of this subject before. Looking for what is there, a
    third of the cost, is left out then, and a message that is there raises IntegrityError.
    """
    what = {"kind": Value(kind), "subject_id": Value(subject_id), "person": F("pk")}
    when = {} if at_once else _when()
    count = insert_select(OutboxMessage, people, {**what, **when}, unless_there=not is_first)
    deliver_soon()
    return count


def _when() -> dict[str, Any]:
    slot = next_digest(timezone.now())
    return {"due_at": Coalesce(slot, Now()), "digest_at": slot}


def unsent(kinds: Collection[str], *, subject_ids: QuerySet[Any]) -> OutboxQuerySet:
    """Messages about the subjects that wait to be sent and that no worker holds."""
    return OutboxMessage.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=Now()),
        state=MailState.PENDING,
        kind__in=kinds,
        subject_id__in=subject_ids,
    )


def cancel(kinds: Collection[str], *, subject_ids: QuerySet[Any]) -> int:
    """Take back what was not sent yet about the subjects; return how many messages.

    A message that a worker holds at this moment is left to it: its kind's renderer is asked last
    and leaves out what must not go any more, which cancels it as well.
    """
    waiting = unsent(kinds, subject_ids=subject_ids)
    return waiting.update(state=MailState.CANCELLED, lease_until=None)
