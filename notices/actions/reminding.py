"""Reminding the organizations that still owe what a notice asks for by a day."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notices.models import Delivery, NoticeVersion
from notices.reminders import due_dates_to_remind_of, kind_of
from notices.routing import people_dealing_with
from notices.states import Action, NoticeState
from onepublic.mail.outbox import enqueue


def remind_of_due_dates(today: date) -> int:
    """Write to whoever deals with what is owed and due soon; return to how many that was new.

    Once per version, person and day of reminding, however often this runs. Two queries for each
    version that is due, however many it went to. What was published today was told of today.
    """
    days = due_dates_to_remind_of(today)
    versions = (
        NoticeVersion.objects.filter(
            notice__current_version=F("pk"),
            notice__state=NoticeState.PUBLISHED,
            due_on__in=days,
            published_at__lt=timezone.make_aware(datetime.combine(today, time.min)),
        )
        .exclude(action_asked=Action.INFORM)
        .order_by("pk")
    )
    return sum(
        _remind(version, kind_of(days[version.due_on])) for version in versions if version.due_on
    )


@transaction.atomic
def _remind(version: NoticeVersion, kind: str) -> int:
    owed = Delivery.objects.to_act_on().filter(notice=version.notice_id)
    people = people_dealing_with(owed)
    return enqueue(kind, subject_id=version.pk, people=people, at_once=version.is_urgent)
