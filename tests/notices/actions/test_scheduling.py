from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import Organization
from notices.actions.attaching import attach
from notices.actions.drafting import set_audience
from notices.actions.publication import publish
from notices.actions.review import submit_for_review
from notices.actions.scheduling import (
    IN_THE_PAST,
    NOT_SCHEDULED,
    TOO_FAR,
    cancel_schedule,
    publish_scheduled,
    schedule,
)
from notices.models import Delivery, Notice, NoticeVersion
from notices.schedule import publish_due
from notices.states import AttachmentKind, NoticeState, VersionState
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import a_draft, approver_of, drafter_of, in_review, version_of

pytestmark = pytest.mark.django_db
AHEAD = timedelta(hours=3)


@pytest.fixture
def village() -> Organization:
    village: Organization = OrganizationFactory.create()
    return village


@pytest.fixture
def scheduled(village: Organization) -> Notice:
    """A notice that goes out in three hours."""
    notice = in_review(to=[village])
    schedule(notice, by=approver_of(notice.division), at=timezone.now() + AHEAD)
    return notice


def let_its_time_come(notice: Notice) -> None:
    moment = timezone.now() - timedelta(seconds=1)
    NoticeVersion.objects.filter(notice=notice).update(scheduled_for=moment)


def test_it_is_kept_with_who_and_when_and_nothing_goes_out_yet(village: Organization) -> None:
    notice, at = in_review(to=[village]), timezone.now() + AHEAD
    approver = approver_of(notice.division)

    schedule(notice, by=approver, at=at, revision=notice.revision)

    version = version_of(notice)
    assert (version.state, version.scheduled_for, version.scheduled_by) == (
        VersionState.SCHEDULED,
        at,
        approver,
    )
    assert publish_scheduled(notice) is False
    assert Delivery.objects.count() == 0
    event = AuditEvent.objects.get(action="notice.scheduled")
    assert (event.actor_id, event.detail) == (approver.pk, {"at": at.isoformat()})


@pytest.mark.parametrize(
    ("ahead", "why"),
    [
        (timedelta(seconds=-1), IN_THE_PAST),
        (timedelta(days=366, minutes=1), TOO_FAR),
    ],
)
def test_only_a_time_within_a_year_will_do(ahead: timedelta, why: str) -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    with pytest.raises(Refused, match=why):
        schedule(notice, by=approver_of(notice.division), at=timezone.now() + ahead)

    assert version_of(notice).state == VersionState.IN_REVIEW


def test_it_needs_an_approver_who_did_not_write_it() -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    elsewhere = approver_of(a_draft().division)

    for person in (notice.created_by, elsewhere, drafter_of(notice.division)):
        with pytest.raises(PermissionDenied):
            schedule(notice, by=person, at=timezone.now() + AHEAD)


def test_what_the_approver_did_not_see_is_not_scheduled() -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    with pytest.raises(Stale):
        schedule(notice, by=approver_of(notice.division), at=timezone.now() + AHEAD, revision=99)


def test_the_clock_publishes_it_in_the_approvers_name(scheduled: Notice) -> None:
    person_at(Organization.objects.get(deliveries=None, kind="village"))
    approver = version_of(scheduled).scheduled_by
    let_its_time_come(scheduled)

    publish_due()

    scheduled.refresh_from_db()
    version = version_of(scheduled)
    assert (scheduled.state, version.state) == (NoticeState.PUBLISHED, VersionState.PUBLISHED)
    assert version.published_by == approver
    assert (Delivery.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_the_clock_publishes_it_once(scheduled: Notice) -> None:
    let_its_time_come(scheduled)

    assert [publish_scheduled(scheduled), publish_scheduled(scheduled)] == [True, False]
    assert Delivery.objects.count() == 1


def test_cancelled_it_waits_for_its_approver_and_the_clock_lets_it_be(scheduled: Notice) -> None:
    let_its_time_come(scheduled)

    cancel_schedule(scheduled, by=drafter_of(scheduled.division))
    publish_due()

    version = version_of(scheduled)
    assert (version.state, version.scheduled_for) == (VersionState.IN_REVIEW, None)
    assert Delivery.objects.count() == 0
    publish(scheduled, by=approver_of(scheduled.division))
    assert Delivery.objects.count() == 1


def test_only_the_division_cancels_and_only_what_is_scheduled(scheduled: Notice) -> None:
    with pytest.raises(PermissionDenied):
        cancel_schedule(scheduled, by=approver_of(a_draft().division))
    waiting = in_review(to=[OrganizationFactory.create()])
    with pytest.raises(Stale, match=NOT_SCHEDULED):
        cancel_schedule(waiting, by=approver_of(waiting.division))


def test_what_can_not_go_out_returns_with_the_reason_and_a_mail(
    scheduled: Notice, village: Organization
) -> None:
    approver = version_of(scheduled).scheduled_by
    village.valid_to = timezone.localdate() - timedelta(days=1)
    village.save()
    let_its_time_come(scheduled)

    publish_due()

    version = version_of(scheduled)
    assert (version.state, version.scheduled_for) == (VersionState.RETURNED, None)
    assert version.return_reason.startswith("予約した日時に発出できませんでした。")
    told = OutboxMessage.objects.filter(kind="notice_not_published", subject_id=version.pk)
    assert approver is not None
    assert set(told.values_list("person", flat=True)) == {approver.pk, version.submitted_by_id}
    assert Delivery.objects.count() == 0
    assert AuditEvent.objects.filter(action="notice.not_published").count() == 1


def test_it_returns_also_with_more_reasons_than_the_column_holds(village: Organization) -> None:
    notice = a_draft()
    drafter = notice.created_by
    files = [SimpleUploadedFile(f"{number}{'別' * 70}.txt", b"1") for number in range(10)]
    attach(notice, by=drafter, files=files, kind=AttachmentKind.ANNEX)
    set_audience(notice, by=drafter, rule=AudienceRule(codes=[village.code]))
    submit_for_review(notice, by=drafter)
    schedule(notice, by=approver_of(notice.division), at=timezone.now() + AHEAD)
    StoredFile.objects.update(scan_state=ScanState.FAILED)
    let_its_time_come(notice)

    publish_scheduled(notice)

    version = version_of(notice)
    assert (version.state, len(version.return_reason)) == (VersionState.RETURNED, 1000)


def test_the_approver_of_what_could_not_go_out_may_publish_it_later(
    scheduled: Notice, village: Organization
) -> None:
    """The clock acted in the approver's name; that makes nobody an author."""
    approver = version_of(scheduled).scheduled_by
    assert approver is not None
    village.valid_to = timezone.localdate() - timedelta(days=1)
    village.save()
    let_its_time_come(scheduled)
    publish_scheduled(scheduled)
    Organization.objects.update(valid_to=None)
    submit_for_review(scheduled, by=scheduled.created_by)

    publish(scheduled, by=approver)

    assert version_of(scheduled).published_by == approver


def test_one_that_fails_holds_up_no_other(scheduled: Notice, village: Organization) -> None:
    """A delivery that is there already makes the first fail as a fault of the portal would."""
    other = in_review(to=[village])
    schedule(other, by=approver_of(other.division), at=timezone.now() + AHEAD)
    for notice in (scheduled, other):
        let_its_time_come(notice)
    Delivery.objects.create(notice=scheduled, organization=village)

    publish_due()

    assert version_of(scheduled).state == VersionState.SCHEDULED
    assert version_of(other).state == VersionState.PUBLISHED
