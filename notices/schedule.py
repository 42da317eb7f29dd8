"""What the clock starts: publish what was scheduled, keep what search knows up to date."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from notices.actions.reminding import remind_of_due_dates
from notices.actions.scheduling import publish_scheduled
from notices.models import Notice, NoticeVersion
from notices.search.indexing import index_notice
from notices.search.standing import mark_in_force

log = logging.getLogger(__name__)
MOST_INDEXED = 500


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


@shared_task
def remind() -> None:
    """Remind who still owes what is due soon. Safe to run twice and at the same time."""
    remind_of_due_dates(timezone.localdate())


@shared_task
def index_missing() -> None:
    """Index what was published before there was an index, or brought in beside the verbs."""
    missing = Notice.objects.published().filter(search_entry=None).order_by("-pk")
    for pk in missing.values_list("pk", flat=True)[:MOST_INDEXED]:
        with transaction.atomic():
            index_notice(Notice.objects.select_for_update(of=("self",)).get(pk=pk))


@shared_task
def mark_standing() -> None:
    """With a new day notices take effect and end others. Safe to run twice."""
    mark_in_force()
