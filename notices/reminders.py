"""The mail before a due date, to those who have not done what a notice asks for."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from notices.mail.pointers import address, facts_of, in_force, short_facts
from notices.models import Delivery, NoticeVersion
from notices.routing import people_dealing_with
from onepublic.core.business_days import on_or_before
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register

LONGEST_BREAK = 14  # days without a business day, and more than the longest there can be
OPENING = "次の通知の対応の期限が近づいています。所属機関では、まだ対応済みになっていません。"
CLOSING = (
    "対応を終えたときは、上のページで「対応済み」にしてください。"
    "所管でないときは「所管外」にしてください。\n"
    "このメールには返信できません。お問い合わせは、通知に記載の問合せ先へお願いします。"
)


def kind_of(days: int) -> str:
    """The kind of the mail that reminds ``days`` before the due date."""
    return f"notice_reminder_{days}"


def reminder_days(due_on: date) -> dict[date, int]:
    """On which days the portal reminds of a due date, each with the days before that it stands for.

    REMINDER_DAYS before it, or the last business day before that. Where two fall on the same day
    (a Monday's on the Friday before), it is the nearer one.
    """
    nearest_last = sorted(settings.REMINDER_DAYS, reverse=True)
    return {on_or_before(due_on - timedelta(days=days)): days for days in nearest_last}


def due_dates_to_remind_of(today: date) -> dict[date, int]:
    """The due dates of which ``today`` is a day to remind, each with what ``today`` stands for."""
    farthest = max(settings.REMINDER_DAYS, default=0) + LONGEST_BREAK
    ahead = [today + timedelta(days=days) for days in range(1, farthest + 1)]
    found = {day: reminder_days(day).get(today) for day in ahead}
    return {day: days for day, days in found.items() if days is not None}


def reminder_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """A letter to each who still deals with an organization's unfinished work on the version.

    Left out, and so cancelled: what was done, declined, handed to others, corrected or withdrawn
    since, and what is overdue by now. As many queries as there are versions, and one.
    """
    versions = {
        key: version
        for key, version in in_force({message.subject_id for message in messages}).items()
        if version.due_on and version.due_on >= timezone.localdate()
    }
    people = {message.person_id for message in messages}
    owing = {key: _who_owes(version, people) for key, version in versions.items()}
    return {
        message.pk: _letter(versions[message.subject_id], message.person.name)
        for message in messages
        if message.person_id in owing.get(message.subject_id, ())
    }


def _who_owes(version: NoticeVersion, people: Collection[int]) -> set[int]:
    owed = Delivery.objects.to_act_on().filter(notice=version.notice_id)
    return set(people_dealing_with(owed).filter(pk__in=people).values_list("pk", flat=True))


def _letter(version: NoticeVersion, person: str) -> Letter:
    lines = [f"{person} 様", "", OPENING, "", *facts_of(version), "", address(version), "", CLOSING]
    entry = (f"【期限が近い通知】{version.title}", *short_facts(version))
    return Letter(f"［OnePublic］【期限が近い通知】{version.title}", "\n".join(lines), entry)


for offset in settings.REMINDER_DAYS:
    register(kind_of(offset), reminder_letters)
