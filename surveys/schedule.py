"""What the clock starts: surveys open on their day, and close when nobody may answer any more."""

import logging

from celery import shared_task
from django.utils import timezone

from surveys.actions import close_overdue, follow_mergers, open_scheduled, remind_on_plan
from surveys.actions.compilations import remove_outdated
from surveys.models import Survey
from surveys.reminding import REMINDED_STATES

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


@shared_task
def close_due() -> None:
    """Close every survey that takes nothing late and has passed the last deadline. Safe to run
    twice and at the same time; one that fails holds up no other.
    """
    for survey in Survey.objects.due_to_close().order_by("due_on", "pk"):
        try:
            close_overdue(survey)
        except Exception:
            log.exception("survey %s was not closed", survey.pk)


@shared_task
def remind() -> None:
    """Send the reminders that surveys have planned for today. Safe to run twice and at the same
    time; one that fails holds up no other.
    """
    planned = Survey.objects.filter(state__in=REMINDED_STATES).exclude(reminder_days=[])
    for survey in planned.order_by("pk"):
        try:
            remind_on_plan(survey, timezone.localdate())
        except Exception:
            log.exception("survey %s was not reminded of", survey.pk)


@shared_task
def succeed() -> None:
    """Let successors answer for organizations that have ended. Safe to run twice and at the same
    time; one survey that fails holds up no other.
    """
    for survey in Survey.objects.with_ended_organizations().order_by("pk"):
        try:
            follow_mergers(survey)
        except Exception:
            log.exception("mergers were not followed in survey %s", survey.pk)


@shared_task
def remove_old_compilations() -> None:
    """Take away the files of compilations that were kept long enough. Safe to run twice."""
    remove_outdated()
