"""The worker's part of search. Each task is safe to run twice and at the same time."""

import logging

from celery import shared_task
from django.db import transaction

from notices.search.force import refresh_in_force
from notices.search.matching import match_due
from notices.search.reading import read_due

log = logging.getLogger(__name__)


@shared_task
def read_due_texts() -> None:
    """Read the attachments that wait, whatever hint or worker was lost."""
    read_due()


@shared_task
def match_saved_searches() -> None:
    """Tell of notices that fit saved searches."""
    match_due()


@shared_task
def refresh_notices_in_force() -> None:
    """Let the facet say what is in force today."""
    refresh_in_force()


def work_soon() -> None:
    """Hint a worker once the transaction commits; a lost hint costs at most 30 seconds."""
    transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    try:
        read_due_texts.delay()
        match_saved_searches.delay()
        refresh_notices_in_force.delay()
    except read_due_texts.OperationalError:
        log.warning("the broker is away; the sweep will find what waits")
