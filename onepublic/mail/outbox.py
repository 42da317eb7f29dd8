"""Writing to the outbox: in the transaction of the change, set-based."""

from typing import Any

from django.db.models import F, QuerySet, Value

from onepublic.core.sql import insert_select
from onepublic.mail.models import OutboxMessage
from onepublic.mail.tasks import deliver_soon


def enqueue(kind: str, *, subject_id: int, people: QuerySet[Any]) -> int:
    """One message about the subject to each of ``people`` (users); return how many were new.

    Must run in the transaction of the change that it tells of; sending starts after its commit.
    """
    count = insert_select(
        OutboxMessage,
        people,
        {"kind": Value(kind), "subject_id": Value(subject_id), "person": F("pk")},
        unless_there=True,
    )
    deliver_soon()
    return count
