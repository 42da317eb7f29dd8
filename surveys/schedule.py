"""What the clock starts: open on its day what was approved before."""

import logging

from celery import shared_task

from surveys.actions import open_scheduled
from surveys.models import Survey

log = logging.getLogger(__name__)


@shared_task
def open_due() -> None:
    """Open every survey whose day has come. Safe to run twice and at the same time.

    One that fails holds up no other: it is tried again at the next sweep.
    """
    for survey in Survey.objects.due_to_open().order_by("opens_on", "pk"):
        try:
            open_scheduled(survey)
        except Exception:
            log.exception("survey %s was not opened", survey.pk)
