"""The worker's part: scanning what came in, and a nightly sweep; beat starts both."""

import logging

from celery import shared_task
from django.conf import settings
from django.db import transaction

from onepublic.files.scanning import scan_due
from onepublic.files.sweeping import sweep

log = logging.getLogger(__name__)


@shared_task
def sweep_files() -> None:
    """Remove stored files that nothing owns. Safe to run twice."""
    sweep()


@shared_task
def scan_due_files() -> None:
    """Scan files that wait, also those whose hint or whose worker was lost. Safe to run twice."""
    scan_due()


def scan_soon() -> None:
    """Hint a worker once the transaction commits; a lost hint costs at most 30 seconds."""
    if settings.CLAMAV_URL:
        transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    try:
        scan_due_files.delay()
    except scan_due_files.OperationalError:
        log.warning("the broker is away; the sweep will scan what waits")
