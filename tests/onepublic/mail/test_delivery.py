from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from onepublic.mail import delivery
from onepublic.mail.delivery import deliver_batch
from onepublic.mail.models import OutboxMessage
from onepublic.mail.outbox import enqueue
from onepublic.mail.states import MailState
from onepublic.mail.tasks import deliver_due
from tests.factories.accounts import UserFactory
from tests.onepublic.mail.conftest import BROKEN, GONE, KIND
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db


def send_to(*people: User, subject_id: int = 7) -> None:
    enqueue(KIND, subject_id=subject_id, people=User.objects.filter(pk__in=[p.pk for p in people]))


def test_each_person_gets_a_message_of_their_own(sink: SmtpSink) -> None:
    first, second = UserFactory.create(name="青木"), UserFactory.create(name="井上")
    send_to(first, second)

    deliver_due()

    assert sink.recipients == [[first.email], [second.email]]
    assert [message["To"] for message in sink.messages] == [first.email, second.email]
    assert [message["Subject"] for message in sink.messages] == ["件名 7", "件名 7"]
    assert sink.messages[0].get_content() == "青木 様\r\n本文です。\r\n"
    assert sink.message_ids == [one.message_id for one in OutboxMessage.objects.order_by("pk")]
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"sent"}


def test_delivering_again_sends_nothing_again(sink: SmtpSink) -> None:
    send_to(UserFactory.create())

    deliver_due()
    deliver_due()

    assert len(sink.messages) == 1


def test_a_refused_address_fails_at_once_and_stops_nobody_else(sink: SmtpSink) -> None:
    refused, fine = UserFactory.create(), UserFactory.create()
    sink.refused = {refused.email}
    send_to(refused, fine)

    deliver_due()

    assert sink.recipients == [[fine.email]]
    failed = OutboxMessage.objects.get(person=refused)
    assert failed.state == MailState.FAILED
    assert "no such mailbox" in failed.last_error


def test_a_deferred_address_is_tried_later_and_given_up_after_eight_times(sink: SmtpSink) -> None:
    person = UserFactory.create()
    sink.deferred = {person.email}
    send_to(person)

    states = []
    for _ in range(delivery.MOST_ATTEMPTS):
        deliver_batch()
        states.append(OutboxMessage.objects.get().state)
        OutboxMessage.objects.update(due_at=Now())

    assert states == [MailState.PENDING] * 7 + [MailState.FAILED]


def test_an_unreachable_server_loses_nothing(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send_to(UserFactory.create())
    OutboxMessage.objects.update(attempts=50)

    deliver_due()

    waiting = OutboxMessage.objects.get()
    assert waiting.state == MailState.PENDING
    assert waiting.due_at > timezone.now() + timedelta(minutes=10)
    assert waiting.lease_until is None


def test_a_message_whose_subject_is_gone_is_cancelled(sink: SmtpSink) -> None:
    send_to(UserFactory.create(), subject_id=GONE)

    deliver_due()

    assert sink.messages == []
    assert OutboxMessage.objects.get().state == MailState.CANCELLED


def test_a_batch_ends_before_its_lease(sink: SmtpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    send_to(UserFactory.create())
    monkeypatch.setattr(delivery, "BATCH_SECONDS", -1)

    deliver_batch()

    waiting = OutboxMessage.objects.get()
    assert sink.messages == []
    assert (waiting.state, waiting.attempts, waiting.lease_until) == (MailState.PENDING, 0, None)


def test_a_message_that_cannot_be_written_holds_up_no_other(sink: SmtpSink) -> None:
    first, second = UserFactory.create(), UserFactory.create()
    send_to(first, subject_id=BROKEN)
    enqueue("kind_of_a_newer_release", subject_id=1, people=User.objects.filter(pk=first.pk))
    send_to(first, second)

    deliver_due()

    assert sink.recipients == [[first.email], [second.email]]
    waiting = OutboxMessage.objects.filter(state=MailState.PENDING).order_by("pk")
    assert [(one.lease_until, one.last_error) for one in waiting] == [
        (None, "'a renderer with a fault'"),
        (None, "'kind_of_a_newer_release'"),
    ]


def test_a_message_that_can_never_be_written_is_given_up(sink: SmtpSink) -> None:
    send_to(UserFactory.create(), subject_id=BROKEN)

    for _ in range(delivery.MOST_ATTEMPTS):
        deliver_batch()
        OutboxMessage.objects.update(due_at=Now())

    given_up = OutboxMessage.objects.get()
    assert (given_up.state, given_up.attempts) == (MailState.FAILED, delivery.MOST_ATTEMPTS)
    assert sink.messages == []
