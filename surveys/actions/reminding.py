"""Reminders: sent by hand, or by the plan of a survey; each round is kept with who got it."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import hold
from surveys.models import Reminder, ReminderRecipient, Survey
from surveys.permissions import may_run
from surveys.querysets import AssignmentQuerySet
from surveys.reminding import PLANNABLE_DAYS, REMINDED_STATES, calls, owing, owing_on_plan

REMINDER_MAIL = "survey_reminder"
NOBODY = "督促の宛先となる人はいません。"
NOT_BEGUN = "受付を始めた調査だけを督促できます。"
TWICE_A_DAY = "同じ調査の督促は、1日に1回までです。"


@transaction.atomic
def plan_reminders(survey: Survey, *, by: User, days: Collection[int]) -> None:
    """Set the days from the deadline on which the portal reminds; others than PLANNABLE_DAYS are
    passed over. Raises PermissionDenied for people who don't run the survey.
    """
    demand(may_run(by, survey))
    held = hold(survey)
    planned = [day for day in PLANNABLE_DAYS if day in days]
    Survey.objects.filter(pk=held.pk).update(reminder_days=planned)
    record("survey.reminders_planned", held, by=by, days=planned)


@transaction.atomic
def remind_now(survey: Survey, *, by: User, text: str = "") -> Reminder:
    """Remind all who still owe, once a day at most; ``text`` is added to the mail.

    Raises PermissionDenied for people who don't run the survey, Refused before it has opened,
    nobody is to be reminded, or somebody reminded by hand today already.
    """
    demand(may_run(by, survey))
    held = hold(survey)
    today = timezone.localdate()
    if held.state not in REMINDED_STATES:
        raise Refused(NOT_BEGUN)
    if held.reminders.filter(day=today, days=None).exists():
        raise Refused(TWICE_A_DAY)
    reminder = _send(held, owing(held, today), today, by=by, text=text)
    if reminder is None:
        raise Refused(NOBODY)
    return reminder


@transaction.atomic
def remind_on_plan(survey: Survey, day: date) -> int:
    """Send what the plan wants on the day and was not sent; return how many rounds.

    Safe to run twice and at the same time: one round for each planned day.
    """
    held = hold(survey)
    sent = set(held.reminders.filter(day=day).values_list("days", flat=True))
    due = owing_on_plan(held, day) if held.state in REMINDED_STATES else {}
    rounds = [_send(held, rows, day, days=days) for days, rows in due.items() if days not in sent]
    return sum(each is not None for each in rounds)


def _send(
    survey: Survey,
    rows: AssignmentQuerySet,
    day: date,
    *,
    days: int | None = None,
    by: User | None = None,
    text: str = "",
) -> Reminder | None:
    """None where there is nobody to be reminded; nothing is kept of it then."""
    asked = calls(rows)
    if not asked:
        return None
    reminder = Reminder.objects.create(survey=survey, day=day, days=days, text=text, sent_by=by)
    ReminderRecipient.objects.bulk_create(
        ReminderRecipient(
            reminder=reminder,
            assignment_id=each.assignment_id,
            person_id=each.person_id,
            rung=each.rung,
        )
        for each in asked
    )
    people = User.objects.filter(is_active=True, pk__in=reminder.recipients.values("person"))
    organizations = len({each.assignment_id for each in asked})
    record("survey.reminded", survey, by=by, days=days, organizations=organizations)
    enqueue(REMINDER_MAIL, subject_id=reminder.pk, people=people, is_first=True)
    return reminder
