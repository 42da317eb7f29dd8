"""What the clock carries out: opening on its day what was approved before, and closing."""

from django.db import transaction
from django.utils.text import Truncator

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from onepublic.mail.outbox import enqueue
from surveys.actions.closing import close_now
from surveys.actions.holding import give_back, hold, hold_with_responses
from surveys.actions.opening import ask_everybody
from surveys.models import Survey
from surveys.people import people_named
from surveys.readiness import ensure_openable

NOT_OPENED = "survey_not_opened"
LONGEST_REASON = 1000


@transaction.atomic
def open_scheduled(survey: Survey) -> bool:
    """Open it when its day has come; return whether it was this call that did.

    Safe to call at any time and twice. All questions are asked anew: what can't go out, such as
    to an audience of nobody, goes back to its drafters with the reason, and they and the
    approver are told by mail.
    """
    held = hold(survey)
    due = Survey.objects.due_to_open().filter(pk=held.pk).select_related("approved_by").first()
    if due is None or due.approved_by is None:
        return False
    approver = due.approved_by
    try:
        with transaction.atomic():
            ensure_openable(due)
            ask_everybody(due, by=approver)
    except Refused as refusal:
        _give_back(held, approver, refusal)
        return False
    return True


@transaction.atomic
def close_overdue(survey: Survey) -> bool:
    """Close it when no organization may answer any more; return whether it was this call that did.

    Safe to call at any time and twice. The responses are held first, as wherever more time is
    granted: whoever is given more before is waited for, and later there is nothing to give.
    """
    held = hold_with_responses(survey)
    due = Survey.objects.due_to_close().filter(pk=held.pk)
    if not due.exists():
        return False
    close_now(held, by=None)
    return True


def _give_back(survey: Survey, approver: User, refusal: Refused) -> None:
    reason = f"予定した日に受付を始められませんでした。{refusal}"
    give_back(survey, Truncator(reason).chars(LONGEST_REASON))
    event = record("survey.not_opened", survey, by=approver, reason=str(refusal))
    people = people_named(approver.pk, survey.submitted_by_id)
    enqueue(NOT_OPENED, subject_id=event.pk, people=people, at_once=True)
