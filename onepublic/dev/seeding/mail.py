"""What the named people were mailed before the demo begins: their notification centre has a past.

Only the windows of organizations are mailed, here as by the verbs; the mails count as sent, so
that no worker sends them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from accounts.models import Organization, User
from notices.actions.redelivery import MAIL_KIND
from notices.models import Delivery
from notices.routing import people_to_tell
from onepublic.dev.seeding.people import NAMED_PEOPLE
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from surveys.actions.surveys import SURVEY_OPENED
from surveys.models import Survey

NOTICES = 12
"""How many of the newest notices each person was told of."""


def load_earlier_mail() -> None:
    """Tell the named people at windows of what their organizations got so far, in its order."""
    windows = people_to_tell(Organization.objects.all(), topics=())
    people = windows.filter(email__in=[person.email for person in NAMED_PEOPLE])
    messages = [message for person in people for message in _told(person)]
    OutboxMessage.objects.bulk_create(sorted(messages, key=lambda one: one.created_at))


def _told(person: User) -> Iterator[OutboxMessage]:
    subjects = [(MAIL_KIND, *row) for row in _notices(person)]
    subjects += [(SURVEY_OPENED, *row) for row in _surveys(person)]
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
    delivered = Delivery.objects.for_organizations_of(person).order_by("-delivered_at")
    return delivered.values_list("notice__current_version", "delivered_at")[:NOTICES]


def _surveys(person: User) -> Iterable[tuple[int, datetime]]:
    asked = Survey.objects.filter(assignments__organization__in=person.organization_ids())
    return [(one.pk, one.opened_at) for one in asked.distinct() if one.opened_at]
