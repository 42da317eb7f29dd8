import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from onepublic.mail.models import OutboxMessage
from onepublic.mail.outbox import enqueue
from onepublic.mail.querysets import OutboxQuerySet
from onepublic.mail.states import MailState
from tests.factories.accounts import UserFactory
from tests.onepublic.mail.conftest import KIND

pytestmark = pytest.mark.django_db


def test_a_person_gets_one_message_per_subject() -> None:
    UserFactory.create_batch(3)

    first = enqueue(KIND, subject_id=1, people=User.objects.all())
    again = enqueue(KIND, subject_id=1, people=User.objects.all())
    other = enqueue(KIND, subject_id=2, people=User.objects.all())

    assert (first, again, other) == (3, 0, 3)
    assert OutboxMessage.objects.count() == 6


def test_enqueueing_takes_one_query_however_many_people(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    UserFactory.create_batch(30)

    with django_assert_num_queries(1):
        enqueue(KIND, subject_id=1, people=User.objects.all())


def test_the_database_refuses_sent_without_a_time() -> None:
    enqueue(KIND, subject_id=1, people=User.objects.filter(pk=UserFactory.create().pk))

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(state=MailState.SENT)


def test_a_claim_takes_due_rows_in_their_order_and_leases_them() -> None:
    UserFactory.create_batch(3)
    enqueue(KIND, subject_id=1, people=User.objects.all())
    later = OutboxMessage.objects.latest("pk")
    OutboxMessage.objects.filter(pk=later.pk).update(due_at=Now() + timedelta(minutes=1))

    first = OutboxMessage.objects.claim(1)
    rest = OutboxMessage.objects.claim(10)

    keys = list(OutboxMessage.objects.order_by("pk").values_list("pk", flat=True))
    assert [one.pk for one in first + rest] == keys[:2]
    assert [one.attempts for one in first] == [1]
    assert OutboxMessage.objects.claim(10) == []


def test_a_lease_that_ran_out_is_claimed_again() -> None:
    enqueue(KIND, subject_id=1, people=User.objects.filter(pk=UserFactory.create().pk))
    OutboxMessage.objects.claim(1)
    OutboxMessage.objects.update(lease_until=Now() - timedelta(seconds=1))

    (again,) = OutboxMessage.objects.claim(1)

    assert again.attempts == 2


def claim_in_two_workers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The keys that two workers claim while both stand between choosing and leasing."""
    enqueue(KIND, subject_id=1, people=User.objects.all())
    both_chose = threading.Barrier(2, timeout=2)
    original = OutboxQuerySet.update
    claimed: list[int] = []

    def wait_then_update(self: OutboxQuerySet, **values: object) -> int:
        with suppress(threading.BrokenBarrierError):
            both_chose.wait()
        return original(self, **values)

    def work() -> None:
        claimed.extend(one.pk for one in OutboxMessage.objects.claim(5))
        connection.close()

    monkeypatch.setattr(OutboxQuerySet, "update", wait_then_update)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return claimed


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same_row(monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory.create_batch(10)

    claimed = claim_in_two_workers(monkeypatch)

    assert sorted(claimed) == sorted(OutboxMessage.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_without_the_row_lock_two_workers_do_claim_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Negative control: the barrier above really makes the two meet."""
    UserFactory.create_batch(10)
    monkeypatch.setattr(OutboxQuerySet, "select_for_update", lambda self, **options: self)

    claimed = claim_in_two_workers(monkeypatch)

    assert len(claimed) == 10
    assert len(set(claimed)) == 5
