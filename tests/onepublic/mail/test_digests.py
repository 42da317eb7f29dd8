import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from onepublic.mail import delivery
from onepublic.mail.delivery import deliver_batch
from onepublic.mail.digests import collected, deliver_digests
from onepublic.mail.models import Digest, MailPreference, OutboxMessage
from onepublic.mail.outbox import enqueue
from onepublic.mail.querysets import MailPreferenceQuerySet, OutboxQuerySet
from onepublic.mail.rendering import Letter
from onepublic.mail.states import MailState
from onepublic.mail.tasks import deliver_due
from onepublic.mail.timing import next_slot
from tests.factories.accounts import UserFactory
from tests.onepublic.mail.conftest import BROKEN, GONE, KIND
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db


def collector(hours: Sequence[int] = (8,)) -> User:
    """Somebody who gets their mail collected."""
    user = UserFactory.create()
    MailPreference.objects.create(user=user, hours=list(hours))
    return user


def tell(*subjects: int, people: Sequence[User], at_once: bool = False) -> None:
    users = User.objects.filter(pk__in=[person.pk for person in people])
    for subject in subjects:
        enqueue(KIND, subject_id=subject, people=users, at_once=at_once)


def make_due() -> None:
    """The hour has come for whatever waits."""
    OutboxMessage.objects.update(due_at=Now(), lease_until=None)


def states() -> list[str]:
    return list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True))


def test_a_message_waits_for_the_hour_that_the_person_picked() -> None:
    now = timezone.now()
    waits, gets_at_once = collector([8, 17]), UserFactory.create()

    tell(1, people=[waits, gets_at_once])

    slot = next_slot([8, 17], business_days_only=False, after=now)
    mail = OutboxMessage.objects.get(person=waits)
    assert (mail.digest_at, mail.due_at) == (slot, slot)
    mail = OutboxMessage.objects.get(person=gets_at_once)
    assert (mail.digest_at, mail.due_at <= timezone.now()) == (None, True)


def test_what_is_urgent_waits_for_no_hour(sink: SmtpSink) -> None:
    person = collector()
    tell(1, people=[person], at_once=True)

    deliver_due()

    assert [message["Subject"] for message in sink.messages] == ["件名 1"]


def test_nothing_is_sent_before_the_hour(sink: SmtpSink) -> None:
    tell(1, people=[collector()])

    deliver_due()

    assert sink.messages == []
    assert states() == [MailState.PENDING]


def test_what_is_due_for_a_person_comes_in_one_letter(sink: SmtpSink, settings: Settings) -> None:
    settings.PORTAL_URL = "https://portal.example"
    far = (timezone.localtime().hour + 12) % 24  # the hour that comes next may pass meanwhile
    first, second = collector([far]), collector([far])
    tell(1, 2, 3, people=[first])
    tell(4, people=[second])
    hour = timezone.localtime(OutboxMessage.objects.all()[0].digest_at)
    make_due()

    deliver_due()

    assert sink.recipients == [[first.email], [second.email]]
    moment = f"（{hour.month}月{hour.day}日 {far}時）"
    # a long subject begins on a line of its own, whose indent Python's parser keeps
    assert [message["Subject"].strip() for message in sink.messages] == [
        f"OnePublic：お知らせ3件{moment}",
        f"OnePublic：お知らせ1件{moment}",
    ]
    assert sink.messages[0].get_content().replace("\r\n", "\n") == (
        f"{first.name} 様\n\n"
        "次のお知らせがあります。内容は、それぞれのページにログインしてご覧ください。\n\n"
        "1．件名 1\n\n2．件名 2\n\n3．件名 3\n\n"
        "お知らせをまとめて受け取る時刻は、次のページで変えられます。\n"
        "https://portal.example/settings/mail/\n\n"
        "このメールには返信できません。"
        "お問い合わせは、それぞれのページに記載の問合せ先へお願いします。\n"
    )
    assert sink.message_ids == [one.message_id for one in Digest.objects.order_by("pk")]
    assert states() == [MailState.SENT] * 4


def test_letters_begin_in_the_order_in_which_people_were_told(sink: SmtpSink) -> None:
    people = [collector() for _ in range(9)]  # more than the slots of a small set
    for person in reversed(people):
        tell(1, people=[person])
    make_due()

    deliver_due()

    assert sink.recipients == [[person.email] for person in reversed(people)]


def test_an_entry_shows_the_facts_under_its_title() -> None:
    letter = Letter(
        "件名", "本文", ("【重要】通知", "文書番号：第1号", "https://portal.example/1/")
    )

    text = collected("青木", [letter], at=timezone.now()).text

    assert "1．【重要】通知\n　　文書番号：第1号\n　　https://portal.example/1/\n\n" in text
    assert "本文" not in text


@pytest.mark.parametrize("subjects", [1, 3])
def test_a_letter_costs_the_same_queries_however_many_messages_it_collects(
    subjects: int, sink: SmtpSink, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tell(*range(subjects), people=[collector()])
    make_due()

    # savepoint and release; people, rows, a letter, into it, lease, read; one settlement
    with django_assert_num_queries(10):
        deliver_digests()

    assert states() == [MailState.SENT] * subjects


def test_an_attempt_that_was_cut_off_is_repeated_under_the_same_message_id(sink: SmtpSink) -> None:
    person = collector()
    tell(1, 2, people=[person])
    make_due()
    OutboxMessage.objects.claim_collected(10)  # and here the worker was killed
    tell(3, people=[person])
    make_due()

    deliver_due()

    begun, later = Digest.objects.order_by("pk")
    assert sorted(sink.message_ids) == [begun.message_id, later.message_id]
    assert list(begun.messages.order_by("pk").values_list("subject_id", flat=True)) == [1, 2]
    assert list(later.messages.values_list("subject_id", flat=True)) == [3]


def test_a_server_that_puts_off_gets_the_same_letter_again(sink: SmtpSink) -> None:
    person = collector()
    tell(1, 2, people=[person])
    make_due()
    sink.deferred = {person.email}
    deliver_due()
    waiting = list(OutboxMessage.objects.values_list("state", "attempts", "lease_until"))
    sink.deferred = set()
    make_due()

    deliver_due()

    assert waiting == [(MailState.PENDING, 1, None)] * 2
    assert sink.message_ids == [Digest.objects.get().message_id]
    assert states() == [MailState.SENT] * 2


def test_a_refused_address_fails_all_of_its_letter(sink: SmtpSink) -> None:
    person = collector()
    sink.refused = {person.email}
    tell(1, 2, people=[person])
    make_due()

    deliver_due()

    assert states() == [MailState.FAILED] * 2


def test_what_is_gone_or_cannot_be_written_leaves_the_letter(sink: SmtpSink) -> None:
    person = collector()
    tell(1, GONE, BROKEN, people=[person])
    make_due()

    deliver_due()

    assert states() == [MailState.SENT, MailState.CANCELLED, MailState.PENDING]
    assert "お知らせ1件" in str(sink.messages[0]["Subject"])
    assert OutboxMessage.objects.get(subject_id=BROKEN).digest_id is None


def test_a_letter_that_lost_all_of_it_is_not_sent(sink: SmtpSink) -> None:
    tell(GONE, people=[collector()])
    make_due()

    deliver_due()

    assert sink.messages == []
    assert states() == [MailState.CANCELLED]


def test_a_batch_of_letters_ends_before_its_lease(
    sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(1, 2, people=[collector()])
    make_due()
    monkeypatch.setattr(delivery, "BATCH_SECONDS", -1)

    deliver_digests()

    assert sink.messages == []
    assert list(OutboxMessage.objects.values_list("attempts", "lease_until")) == [(0, None)] * 2


def test_a_single_claim_leaves_what_is_to_be_collected() -> None:
    tell(1, people=[collector()])
    make_due()

    assert deliver_batch() == 0


def claim_in_two_workers(monkeypatch: pytest.MonkeyPatch) -> list[list[OutboxMessage]]:
    """What two workers claim while both stand between finding the people and taking their rows."""
    both_found = threading.Barrier(2, timeout=2)
    original = MailPreferenceQuerySet.held
    claims: list[list[OutboxMessage]] = []

    def wait(self: MailPreferenceQuerySet, size: int) -> list[int]:
        found = original(self, size)
        with suppress(threading.BrokenBarrierError):
            both_found.wait()
        return found

    def work() -> None:
        claims.append(OutboxMessage.objects.claim_collected(10))
        connection.close()

    monkeypatch.setattr(MailPreferenceQuerySet, "held", wait)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return claims


def shared_letters() -> int:
    """Messages that are due in a letter which a worker may send while another has them too."""
    tell(*range(5), people=[collector(), collector()])
    make_due()
    return OutboxMessage.objects.count()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_messages_of_the_same_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = shared_letters()

    claims = claim_in_two_workers(monkeypatch)

    people = [{message.person_id for message in claim} for claim in claims]
    assert people[0] & people[1] == set()
    assert sum(len(claim) for claim in claims) == count
    assert Digest.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_two_workers_do_claim_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the barrier above really makes the two meet."""
    count = shared_letters()
    for queryset in (MailPreferenceQuerySet, OutboxQuerySet):
        monkeypatch.setattr(queryset, "select_for_update", lambda self, **options: self)

    claims = claim_in_two_workers(monkeypatch)

    assert sum(len(claim) for claim in claims) > count


def test_attempts_are_counted_for_the_whole_letter() -> None:
    tell(1, 2, people=[collector()])
    make_due()

    claimed = OutboxMessage.objects.claim_collected(1)
    OutboxMessage.objects.update(lease_until=F("lease_until") - timedelta(hours=1))
    again = OutboxMessage.objects.claim_collected(1)

    assert [one.attempts for one in claimed] == [1, 1]
    assert [one.attempts for one in again] == [2, 2]
    assert {one.digest_id for one in claimed} == {one.digest_id for one in again}
