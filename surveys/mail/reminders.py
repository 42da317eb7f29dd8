"""The mail of a reminder; whoever has handed in meanwhile gets none."""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import FOOTER, Letter, register
from surveys.models import Assignment, Reminder, ReminderRecipient
from surveys.states import HANDED_IN_STATES

ASKING = "次の調査の回答が、まだ提出されていません。"


def reminder_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """To each person about what is still owed of that round: two queries."""
    reminders = Reminder.objects.select_related("survey__division__parent").in_bulk(
        {message.subject_id for message in messages}
    )
    owed = _owed(messages)
    return {
        message.pk: _letter(
            reminders[message.subject_id],
            owed[message.subject_id, message.person_id],
            message.person.name,
        )
        for message in messages
        if (message.subject_id, message.person_id) in owed
    }


def _owed(messages: Sequence[OutboxMessage]) -> dict[tuple[int, int], list[Assignment]]:
    rows = ReminderRecipient.objects.filter(
        reminder__in={message.subject_id for message in messages},
        person__in={message.person_id for message in messages},
    ).exclude(assignment__state__in=HANDED_IN_STATES)
    found = defaultdict(list)
    for row in rows.select_related("assignment__organization", "assignment__survey").order_by("pk"):
        if row.assignment.is_awaited:
            found[row.reminder_id, row.person_id].append(row.assignment)
    return dict(found)


def _letter(reminder: Reminder, owed: Sequence[Assignment], person: str) -> Letter:
    survey = reminder.survey
    facts = [
        f"調査名：{survey.title}",
        f"実施：{survey.division.full_name}",
        *(f"{one.organization.full_name}の回答期限：{wareki(one.due_on)}" for one in owed),
    ]
    page = (
        reverse("surveys:assignment", args=[owed[0].pk])
        if len(owed) == 1
        else reverse("surveys:assignments")
    )
    address = f"{settings.PORTAL_URL}{page}"
    words = [reminder.text, ""] if reminder.text else []
    heading = f"【回答の督促】{survey.title}"
    lines = [f"{person} 様", "", ASKING, "", *words, *facts, "", address, "", FOOTER, ""]
    return Letter(f"［OnePublic］{heading}", "\n".join(lines), (heading, *facts[1:], address))


register("survey_reminder", reminder_letters)
