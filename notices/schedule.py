"""What the clock starts: publish what was scheduled."""

import logging

from celery import shared_task

from notices.actions.scheduling import publish_scheduled
from notices.models import Notice, NoticeVersion

log = logging.getLogger(__name__)


@shared_task
def publish_due() -> None:
    """Publish every notice whose time has come. Safe to run twice and at the same time.

    One that fails holds up no other: it is tried again at the next sweep.
    """
    due = NoticeVersion.objects.due_for_publication().order_by("scheduled_for", "pk")
    for notice in Notice.objects.filter(pk__in=due.values("notice")):
        try:
            publish_scheduled(notice)
        except Exception:
            log.exception("notice %s was not published", notice.pk)
