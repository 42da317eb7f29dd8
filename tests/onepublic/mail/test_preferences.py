from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import AuditEvent
from onepublic.mail.models import MailPreference, OutboxMessage
from onepublic.mail.outbox import enqueue
from onepublic.mail.preferences import set_preference
from onepublic.mail.timing import next_slot
from tests.factories.accounts import UserFactory
from tests.onepublic.mail.conftest import KIND

pytestmark = pytest.mark.django_db


def told(person: User, subject: int = 1) -> OutboxMessage:
    enqueue(KIND, subject_id=subject, people=User.objects.filter(pk=person.pk))
    return OutboxMessage.objects.get(person=person, subject_id=subject)


def when(message: OutboxMessage) -> datetime | None:
    message.refresh_from_db()
    return message.digest_at


def test_a_wish_is_kept_in_order_and_recorded() -> None:
    person = UserFactory.create()

    set_preference(person, hours=[17, 8, 17], business_days_only=True)

    kept = MailPreference.objects.get()
    assert (kept.user, kept.hours, kept.business_days_only) == (person, [8, 17], True)
    [event] = AuditEvent.objects.filter(action="mail.preference_set")
    assert (event.actor, event.detail) == (person, {"hours": [8, 17], "business_days_only": True})


def test_the_same_wish_again_changes_and_records_nothing() -> None:
    person = UserFactory.create()

    for _ in range(2):
        set_preference(person, hours=[8], business_days_only=False)

    assert AuditEvent.objects.filter(action="mail.preference_set").count() == 1


def test_whoever_goes_back_to_at_once_gets_what_waits_now() -> None:
    person = UserFactory.create()
    set_preference(person, hours=[8], business_days_only=False)
    message = told(person)

    set_preference(person, hours=[], business_days_only=True)

    assert when(message) is None
    assert message.due_at <= timezone.now()
    assert MailPreference.objects.get().business_days_only is False
    assert told(person, 2).digest_at is None


def test_what_waits_moves_to_the_new_hours() -> None:
    person, other = UserFactory.create_batch(2)
    for one in (person, other):
        set_preference(one, hours=[8], business_days_only=False)
    message, of_other = told(person), told(other)
    before = of_other.digest_at

    set_preference(person, hours=[12], business_days_only=True)

    assert when(message) == next_slot([12], business_days_only=True, after=timezone.now())
    assert when(of_other) == before


def test_a_letter_that_was_begun_stays_as_it_is() -> None:
    person = UserFactory.create()
    set_preference(person, hours=[8], business_days_only=False)
    message = told(person)
    OutboxMessage.objects.update(due_at=Now() - timedelta(minutes=1))
    OutboxMessage.objects.claim_collected(1)

    set_preference(person, hours=[], business_days_only=False)

    assert when(message) is not None


def test_the_database_refuses_hours_that_no_day_has() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MailPreference.objects.create(user=UserFactory.create(), hours=[24])
