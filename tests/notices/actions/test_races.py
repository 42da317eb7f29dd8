"""Two windows at once: the second waits for the first, and then sees what it did."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from accounts.states import Role
from notices.actions import numbering, passing_on, publication, receiving
from notices.actions.correcting import begin_correction
from notices.actions.numbering import give_number
from notices.actions.passing_on import decline
from notices.actions.publication import publish
from notices.actions.receiving import acknowledge, open_delivery
from notices.actions.ruling import set_issuing_rule
from notices.actions.withdrawing import withdraw
from notices.models import Delivery, Notice, PastDelivery, Reading, ReservedNumber
from notices.querysets import DeliveryQuerySet
from notices.states import NoticeState
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import (
    a_draft,
    approver_of,
    correction_in_review,
    in_review,
    published,
    version_of,
)

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


def unlocked(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


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
    monkeypatch.setattr(
        publication, "locked_with_targets", lambda given: Notice.objects.get(pk=given.pk)
    )

    second = beside(lambda: publish(notice, by=one), lambda: publish(notice, by=other))

    assert isinstance(second.exception(), DatabaseError)


def test_publishing_a_correction_at_once_from_two_windows_gives_one_publication() -> None:
    notice = a_correction_ready_to_publish()
    one, other = approver_of(notice.division), approver_of(notice.division)

    second = beside(lambda: publish(notice, by=one), lambda: publish(notice, by=other))

    assert isinstance(second.exception(), Stale)
    assert version_of(notice).published_by == one
    assert PastDelivery.objects.count() == 1
    corrections = OutboxMessage.objects.filter(kind="notice_corrected")
    assert corrections.count() == 1


def test_without_the_lock_a_correction_gets_past_the_check_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: only the database's own trigger stops it then, as an error."""
    notice = a_correction_ready_to_publish()
    one, other = approver_of(notice.division), approver_of(notice.division)
    monkeypatch.setattr(
        publication, "locked_with_targets", lambda given: Notice.objects.get(pk=given.pk)
    )

    second = beside(lambda: publish(notice, by=one), lambda: publish(notice, by=other))

    assert isinstance(second.exception(), DatabaseError)


def test_beginning_a_correction_at_once_begins_one() -> None:
    notice = published(to=[OrganizationFactory.create()])

    def begin() -> object:
        return begin_correction(
            notice, by=notice.created_by, reason="誤り", acknowledge_again=False
        )

    second = beside(begin, begin)

    assert isinstance(second.exception(), Stale)
    assert notice.versions.count() == 2


def test_withdrawing_while_a_correction_is_published_ends_withdrawn() -> None:
    notice = a_correction_ready_to_publish()
    one, other = approver_of(notice.division), approver_of(notice.division)

    second = beside(
        lambda: publish(notice, by=one), lambda: withdraw(notice, by=other, reason="誤り")
    )

    assert second.exception() is None
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN
    unsent = OutboxMessage.objects.filter(state=MailState.PENDING)
    assert [message.kind for message in unsent] == ["notice_withdrawn"]


def test_a_correction_published_while_it_is_withdrawn_is_refused() -> None:
    notice = a_correction_ready_to_publish()
    one, other = approver_of(notice.division), approver_of(notice.division)

    second = beside(
        lambda: withdraw(notice, by=one, reason="誤り"), lambda: publish(notice, by=other)
    )

    assert isinstance(second.exception(), Stale)
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN


def a_correction_ready_to_publish() -> Notice:
    village = OrganizationFactory.create()
    officer = person_at(village)
    notice = published(to=[village])
    open_delivery(notice, by=officer)
    correction_in_review(notice)
    return notice


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


def test_declining_at_once_keeps_who_came_first() -> None:
    village = OrganizationFactory.create()
    one, other = person_at(village), person_at(village)
    notice = published(to=[village])

    second = beside(
        lambda: decline(notice, to="福祉局", reason="所管外", by=one),
        lambda: decline(notice, to="教育局", reason="所管外", by=other),
    )

    delivery = Delivery.objects.get()
    assert (second.result(), delivery.declined_by, delivery.declined_to) == (0, one, "福祉局")
    assert AuditEvent.objects.filter(action="delivery.declined").count() == 1


def test_confirming_while_somebody_declines_is_refused() -> None:
    village = OrganizationFactory.create()
    one, other = person_at(village), person_at(village)
    notice = published(to=[village])

    second = beside(
        lambda: decline(notice, to="福祉局", reason="所管外", by=one),
        lambda: acknowledge(notice, by=other),
    )

    assert isinstance(second.exception(), Refused)
    assert Delivery.objects.get().acknowledged_at is None


def test_without_the_lock_the_second_officer_overwrites_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: the second read before the first had committed."""
    village = OrganizationFactory.create()
    one, other = person_at(village), person_at(village)
    notice = published(to=[village])
    for module in (receiving, passing_on):
        monkeypatch.setattr(module, "locked_deliveries", read_without_lock)

    second = beside(
        lambda: decline(notice, to="福祉局", reason="所管外", by=one),
        lambda: decline(notice, to="教育局", reason="所管外", by=other),
    )

    assert (second.result(), Delivery.objects.get().declined_by) == (1, other)
    assert AuditEvent.objects.filter(action="delivery.declined").count() == 2


def read_without_lock(rows: DeliveryQuerySet, *, by: User) -> list[Delivery]:
    return list(rows.for_organizations_of(by).select_related("notice"))


def test_numbering_two_drafts_at_once_gives_two_numbers() -> None:
    one, other = two_drafts_to_number()

    second = beside(
        lambda: give_number(one, by=one.created_by), lambda: give_number(other, by=other.created_by)
    )

    numbers = (version_of(one).number, version_of(other).number)
    assert numbers == ("医政総発1123第1号", "医政総発1123第2号")
    assert second.result() == numbers[1]
    assert ReservedNumber.objects.filter(assigned=True).count() == 2


def test_without_the_reservation_two_drafts_get_one_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: the second counted before the first had committed."""
    one, other = two_drafts_to_number()
    monkeypatch.setattr(numbering, "_reserve", count_without_reserving)

    beside(
        lambda: give_number(one, by=one.created_by), lambda: give_number(other, by=other.created_by)
    )

    assert version_of(one).number == version_of(other).number


def two_drafts_to_number() -> tuple[Notice, Notice]:
    division = DivisionFactory.create()
    approver = approver_of(division)
    set_issuing_rule(division, by=approver, symbol="医政総発", requires_agreement=False)
    return a_draft(division=division, number=""), a_draft(division=division, number="")


def count_without_reserving(*_: object, **__: object) -> tuple[None, bool]:
    return None, True
