"""What publishing a correction does to those who have the earlier version."""

import pytest
from django.db import DatabaseError, connection
from pytest_django import DjangoAssertNumQueries

from notices.actions.publication import publish
from notices.actions.receiving import acknowledge, open_delivery
from notices.models import Delivery, Notice, PastDelivery, Reading
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Stale
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import (
    approver_of,
    corrected,
    correction_in_review,
    published,
    version_of,
)

pytestmark = pytest.mark.django_db


def mails(version: int) -> set[tuple[str, int]]:
    rows = OutboxMessage.objects.filter(subject_id=version, state=MailState.PENDING)
    return set(rows.values_list("kind", "person"))


def test_the_new_version_is_in_force_and_the_old_one_is_kept() -> None:
    notice = published(to=[OrganizationFactory.create()])
    first = notice.published_at

    corrected(notice, title="直した件名", reason="件名の誤り")

    notice.refresh_from_db()
    assert notice.current_version == version_of(notice)
    assert [v.title for v in notice.versions.order_by("sequence")] == [
        "予防接種の実施について",
        "直した件名",
    ]
    assert notice.published_at == first


def test_deliveries_come_again_unopened_and_what_was_done_is_kept() -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    notice = published(to=[village])
    acknowledge(notice, by=officer)
    before = Delivery.objects.get()

    corrected(notice)

    delivery, past = Delivery.objects.get(), PastDelivery.objects.get()
    assert delivery.delivered_at == version_of(notice).published_at
    assert (delivery.opened_at, delivery.opened_by) == (None, None)
    assert (delivery.acknowledged_at, delivery.acknowledged_by) == (
        before.acknowledged_at,
        officer,
    )
    assert (past.delivery, past.sequence) == (delivery, 1)
    assert (past.opened_at, past.opened_by) == (before.opened_at, officer)
    assert (past.acknowledged_at, past.acknowledged_by) == (before.acknowledged_at, officer)


def test_a_receipt_is_asked_for_again_where_the_correction_says_so() -> None:
    village = OrganizationFactory.create()
    notice = published(to=[village])
    acknowledge(notice, by=person_at(village))

    corrected(notice, acknowledge_again=True)

    assert Delivery.objects.get().acknowledged_at is None
    assert PastDelivery.objects.get().acknowledged_at is not None


def test_what_nobody_had_opened_leaves_no_trace_of_the_old_version() -> None:
    notice = published(to=OrganizationFactory.create_batch(2))

    corrected(notice)

    assert PastDelivery.objects.count() == 0
    assert Delivery.objects.count() == 2


def test_who_read_the_old_version_is_told_of_the_correction_the_others_of_a_notice() -> None:
    village = OrganizationFactory.create()
    reader, other, stranger = (
        person_at(village),
        person_at(village),
        person_at(OrganizationFactory.create()),
    )
    notice = published(to=[village])
    open_delivery(notice, by=reader)
    open_delivery(notice, by=stranger)  # a reader who is of no addressee

    corrected(notice)

    assert mails(version_of(notice).pk) == {
        ("notice_corrected", reader.pk),
        ("notice_published", other.pk),
    }


def test_mail_about_the_old_version_that_was_not_sent_is_cancelled() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    notice = published(to=[village])
    old = version_of(notice)

    corrected(notice)

    assert OutboxMessage.objects.get(subject_id=old.pk).state == MailState.CANCELLED


def test_a_correction_without_mail_tells_nobody() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    notice = published(to=[village])

    corrected(notice, notify_by_mail=False)

    assert mails(version_of(notice).pk) == set()


def test_readings_are_of_an_old_version_until_the_page_is_opened_again() -> None:
    village = OrganizationFactory.create()
    reader = person_at(village)
    notice = published(to=[village])
    assert open_delivery(notice, by=reader) is None
    corrected(notice)
    assert Delivery.objects.unread_by(reader).count() == 1
    notice = Notice.objects.select_related("current_version").get()

    looks = [open_delivery(notice, by=reader) for _ in range(2)]

    reading = Reading.objects.get()
    assert looks == [1, None]
    assert (reading.sequence, reading.outdated) == (2, False)
    assert Delivery.objects.unread_by(reader).count() == 0


def test_a_third_version_keeps_what_was_done_with_the_second() -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    notice = published(to=[village])
    acknowledge(notice, by=officer)
    corrected(notice)

    corrected(notice)

    rows = PastDelivery.objects.order_by("sequence").values_list(
        "sequence", "opened_by", "acknowledged_by"
    )
    assert list(rows) == [(1, officer.pk, officer.pk), (2, None, officer.pk)]


def test_the_audience_is_that_of_the_first_version() -> None:
    village, late = OrganizationFactory.create_batch(2)
    notice = published(to=[village])
    Notice.objects.update(stored_audience={"codes": [village.code, late.code]})

    corrected(notice)

    assert Delivery.objects.get().organization == village


def test_publishing_a_correction_twice_is_one_publication() -> None:
    notice = published(to=[OrganizationFactory.create()])
    corrected(notice)

    with pytest.raises(Stale):
        publish(notice, by=approver_of(notice.division))

    events = AuditEvent.objects.filter(action="notice.published").order_by("pk")
    assert [event.detail.get("sequence") for event in events] == [None, 2]


def test_a_failure_at_the_last_step_leaves_the_old_version_in_force() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE audit_auditevent ADD CONSTRAINT full_disk "
            "CHECK (NOT (action = 'notice.published' AND detail ? 'sequence'))"
        )
    village = OrganizationFactory.create()
    notice = published(to=[village])
    acknowledge(notice, by=person_at(village))
    correction_in_review(notice, acknowledge_again=True)
    with pytest.raises(DatabaseError):
        publish(notice, by=approver_of(notice.division))

    notice.refresh_from_db()
    assert notice.current_version == notice.versions.get(sequence=1)
    assert (PastDelivery.objects.count(), Reading.objects.get().outdated) == (0, False)
    assert Delivery.objects.get().acknowledged_at is not None


@pytest.mark.parametrize("organizations", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_audience(
    organizations: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = OrganizationFactory.create_batch(organizations)
    notice = published(to=places)
    for place in places:
        acknowledge(notice, by=person_at(place))
    correction_in_review(notice)
    approver = approver_of(notice.division)

    with django_assert_num_queries(31):
        publish(notice, by=approver)
