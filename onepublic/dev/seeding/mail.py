"""What the named people were mailed before the demo begins: their notification centre has a past.

Here as by the verbs, windows are mailed, and sections of what is routed to them; the mails count
as sent, so that no worker sends them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from accounts.models import User
from notices.actions.redelivery import MAIL_KIND
from notices.models import Delivery
from onepublic.dev.seeding.people import NAMED_PEOPLE
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from surveys.actions.opening import SURVEY_OPENED
from surveys.actions.reminding import REMINDER_MAIL
from surveys.models import ReminderRecipient, Survey

NOTICES = 12
"""How many of the newest notices each person was told of."""


def load_earlier_mail() -> None:
    """Tell the named people of what their divisions got so far, in its order."""
    people = User.objects.filter(email__in=[person.email for person in NAMED_PEOPLE])
    messages = [message for person in people for message in _told(person)]
    OutboxMessage.objects.bulk_create(sorted(messages, key=lambda one: one.created_at))


def _told(person: User) -> Iterator[OutboxMessage]:
    subjects = [(MAIL_KIND, *row) for row in _notices(person)]
    subjects += [(SURVEY_OPENED, *row) for row in _surveys(person)]
    subjects += [(REMINDER_MAIL, *row) for row in _reminders(person)]
    for kind, subject_id, at in subjects:
        yield OutboxMessage(
            kind=kind,
            subject_id=subject_id,
            person=person,
            state=MailState.SENT,
            created_at=at,
            due_at=at,
            sent_at=at,
            attempts=1,
        )


def _notices(person: User) -> Iterable[tuple[int, datetime]]:
    received = Delivery.objects.for_organizations_of(person).dealt_with_by_divisions_of(person)
    delivered = received.order_by("-delivered_at")
    return delivered.values_list("notice__current_version", "delivered_at")[:NOTICES]


def _surveys(person: User) -> Iterable[tuple[int, datetime]]:
    windows = [one.division for one in person.active_memberships if one.division.is_window]
    asked = Survey.objects.filter(assignments__organization__divisions__in=windows)
    return [(one.pk, one.opened_at) for one in asked.distinct() if one.opened_at]


def _reminders(person: User) -> Iterable[tuple[int, datetime]]:
    asked = ReminderRecipient.objects.filter(person=person)
    return asked.values_list("reminder", "reminder__sent_at").distinct()
