"""The worker's part: send whatever is due. Started by a hint and every 30 seconds by beat."""

import logging

from celery import shared_task
from django.db import transaction

from onepublic.mail.delivery import deliver_batch
from onepublic.mail.digests import deliver_digests

log = logging.getLogger(__name__)


@shared_task
def deliver_due() -> None:
    """Send due messages until none is left. Safe to run twice and at the same time."""
    while deliver_batch() or deliver_digests():
        pass


def deliver_soon() -> None:
    """Hint a worker once the transaction commits; a lost hint costs at most 30 seconds."""
    transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    try:
        deliver_due.delay()
    except deliver_due.OperationalError:
        log.warning("the broker is away; the sweep will send what is due")
