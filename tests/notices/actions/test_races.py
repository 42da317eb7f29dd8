"""Two windows at once: the second waits for the first, and then sees what it did."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.states import Role
from notices.actions import publication
from notices.actions.publication import publish
from notices.actions.receiving import acknowledge, open_delivery
from notices.models import Delivery, Notice, Reading
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Stale
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import approver_of, in_review, published, version_of

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
WAITING += " AND datname = current_database()"


def beside(first: Callable[[], object], second: Callable[[], object]) -> "Future[object]":
    """Run ``second`` in a connection of its own while ``first`` is done but not committed."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            first()
            overtaking = pool.submit(in_own_connection, second)
            wait_until_blocked(overtaking)
        overtaking.exception(timeout=10)
    return overtaking


def in_own_connection(act: Callable[[], object]) -> object:
    try:
        return act()
    finally:
        connection.close()


def wait_until_blocked(other: "Future[object]") -> None:
    deadline = time.monotonic() + 10
    while not other.done() and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.01)


def a_notice_ready_to_publish() -> Notice:
    village = OrganizationFactory.create()
    person_at(village)
    return in_review(to=[village])


def test_publishing_at_once_from_two_windows_gives_one_publication() -> None:
    notice = a_notice_ready_to_publish()
    one, other = approver_of(notice.division), approver_of(notice.division)

    second = beside(lambda: publish(notice, by=one), lambda: publish(notice, by=other))

    assert isinstance(second.exception(), Stale)
    notice.refresh_from_db()
    assert version_of(notice).published_by == one
    assert (Delivery.objects.count(), OutboxMessage.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(action="notice.published").count() == 1


def test_without_the_lock_the_second_window_gets_past_the_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: only the database's own constraints stop it then, as an error."""
    notice = a_notice_ready_to_publish()
    one, other = approver_of(notice.division), approver_of(notice.division)
    monkeypatch.setattr(publication, "locked", lambda given: Notice.objects.get(pk=given.pk))

    second = beside(lambda: publish(notice, by=one), lambda: publish(notice, by=other))

    assert isinstance(second.exception(), DatabaseError)


def test_opening_at_once_keeps_who_came_first() -> None:
    village = OrganizationFactory.create()
    one, other = person_at(village, Role.VIEWER), person_at(village, Role.VIEWER)
    notice = published(to=[village])

    beside(lambda: open_delivery(notice, by=one), lambda: open_delivery(notice, by=other))

    assert Delivery.objects.get().opened_by == one
    assert AuditEvent.objects.filter(action="delivery.opened").count() == 1
    assert set(Reading.objects.values_list("user", flat=True)) == {one.pk, other.pk}


def test_acknowledging_at_once_is_one_acknowledgement() -> None:
    village = OrganizationFactory.create()
    one, other = person_at(village), person_at(village)
    notice = published(to=[village])

    second = beside(lambda: acknowledge(notice, by=one), lambda: acknowledge(notice, by=other))

    assert (second.result(), Delivery.objects.get().acknowledged_by) == (0, one)
    assert AuditEvent.objects.filter(action="delivery.acknowledged").count() == 1
