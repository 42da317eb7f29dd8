from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from pytest_django import DjangoAssertNumQueries

from accounts.audience import AudienceRule
from accounts.states import Role
from notices.actions.drafting import set_audience
from notices.actions.publication import publish
from notices.actions.review import return_to_drafter, submit_for_review
from notices.models import Delivery, Notice
from notices.states import NoticeState, VersionState
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.notices import a_draft, approver_of, drafter_of, in_review, version_of

pytestmark = pytest.mark.django_db


def test_it_freezes_the_audience_and_seals_the_text() -> None:
    village, town, _other = OrganizationFactory.create_batch(3)
    notice = in_review(to=[village, town])
    approver = approver_of(notice.division)

    publish(notice, by=approver, revision=notice.revision)

    notice.refresh_from_db()
    version = notice.versions.get()
    assert notice.state == NoticeState.PUBLISHED
    assert (version.published_by, notice.current_version) == (approver, version)
    assert notice.published_at == version.published_at
    delivered = Delivery.objects.values_list("organization", "delivered_at", "opened_at")
    assert set(delivered) == {
        (village.pk, notice.published_at, None),
        (town.pk, notice.published_at, None),
    }


def test_it_writes_one_message_to_each_person_at_the_windows() -> None:
    village = OrganizationFactory.create()
    at_window = [person_at(village), person_at(village, Role.VIEWER)]
    person_at(OrganizationFactory.create())
    notice = in_review(to=[village])

    publish(notice, by=approver_of(notice.division))

    messages = OutboxMessage.objects.values_list("kind", "subject_id", "person")
    version = notice.versions.get()
    assert set(messages) == {("notice_published", version.pk, p.pk) for p in at_window}


def test_it_writes_no_message_when_the_drafter_switched_mail_off() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    notice = in_review(to=[village], notify_by_mail=False)

    publish(notice, by=approver_of(notice.division))

    assert OutboxMessage.objects.count() == 0


def test_it_records_who_and_how_many() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    notice = in_review(to=[village])
    approver = approver_of(notice.division)

    publish(notice, by=approver)

    event = AuditEvent.objects.get(action="notice.published")
    assert (event.actor_id, event.target_id) == (approver.pk, notice.pk)
    assert event.detail == {"organizations": 1, "people": 1}


def test_a_past_moment_is_kept_for_text_and_deliveries() -> None:
    moment = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
    notice = in_review(to=[OrganizationFactory.create()])

    published = publish(notice, by=approver_of(notice.division), moment=moment)

    delivery = Delivery.objects.get()
    assert (published.published_at, delivery.delivered_at) == (moment, moment)


def test_the_rule_is_evaluated_at_publication_and_never_again() -> None:
    prefecture = PrefectureFactory.create()
    division = a_draft().division
    notice = a_draft(division=division)
    set_audience(notice, by=notice.created_by, rule=AudienceRule(kinds=["prefecture"]))
    submit_for_review(notice, by=notice.created_by)
    late = PrefectureFactory.create()

    publish(notice, by=approver_of(division))
    PrefectureFactory.create()

    delivered = set(Delivery.objects.values_list("organization", flat=True))
    assert delivered == {prefecture.pk, late.pk}


@pytest.mark.parametrize("hand", ["created_by", "submitted_by", "written_by"])
def test_who_had_a_hand_in_it_may_not_publish_it(hand: str) -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    author = person_at(notice.division, Role.DRAFTER, Role.APPROVER)
    if hand == "created_by":
        Notice.objects.filter(pk=notice.pk).update(created_by=author)
    else:
        notice.versions.update(**{hand: author})

    with pytest.raises(PermissionDenied):
        publish(notice, by=author)

    assert Delivery.objects.count() == 0


def test_it_needs_an_approver_of_the_division() -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    elsewhere = approver_of(a_draft().division)

    for stranger in (elsewhere, drafter_of(notice.division)):
        with pytest.raises(PermissionDenied):
            publish(notice, by=stranger)


def test_who_had_a_hand_in_it_before_others_may_not_publish_it_either() -> None:
    village = OrganizationFactory.create()
    notice = a_draft()
    between = person_at(notice.division, Role.DRAFTER, Role.APPROVER)
    rule = AudienceRule(codes=[village.code])
    set_audience(notice, by=between, rule=rule)
    set_audience(notice, by=notice.created_by, rule=rule)
    submit_for_review(notice, by=notice.created_by)

    with pytest.raises(PermissionDenied):
        publish(notice, by=between)

    notice.refresh_from_db()
    assert version_of(notice).state == VersionState.IN_REVIEW


def test_who_only_gave_it_back_may_publish_it() -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    approver = approver_of(notice.division)
    return_to_drafter(notice, by=approver, reason="日付")
    submit_for_review(notice, by=notice.created_by)

    publish(notice, by=approver)

    assert version_of(notice).published_by == approver


def test_a_draft_that_was_not_submitted_is_not_published() -> None:
    notice = a_draft()

    with pytest.raises(Stale):
        publish(notice, by=approver_of(notice.division))


def test_it_refuses_another_revision_than_the_approver_saw() -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    with pytest.raises(Stale):
        publish(notice, by=approver_of(notice.division), revision=notice.revision - 1)


def test_an_audience_of_nobody_is_refused_and_changes_nothing() -> None:
    village = OrganizationFactory.create()
    notice = in_review(to=[village])
    village.valid_to = "2020-01-01"
    village.save()

    with pytest.raises(Refused, match="宛先に当たる団体がありません"):
        publish(notice, by=approver_of(notice.division))

    notice.refresh_from_db()
    assert (version_of(notice).state, notice.versions.get().published_at) == (
        VersionState.IN_REVIEW,
        None,
    )


def test_publishing_twice_is_one_publication_and_a_calm_refusal() -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    approver = approver_of(notice.division)
    publish(notice, by=approver)

    with pytest.raises(Stale, match="すでに発出されています"):
        publish(notice, by=approver)

    assert Delivery.objects.count() == 1
    assert AuditEvent.objects.filter(action="notice.published").count() == 1


def test_a_failure_at_the_last_step_leaves_nothing_behind() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE audit_auditevent ADD CONSTRAINT full_disk "
            "CHECK (action <> 'notice.published')"
        )
    village = OrganizationFactory.create()
    person_at(village)
    notice = in_review(to=[village])

    with pytest.raises(DatabaseError):
        publish(notice, by=approver_of(notice.division))

    notice.refresh_from_db()
    assert (version_of(notice).state, notice.versions.get().published_at) == (
        VersionState.IN_REVIEW,
        None,
    )
    assert (Delivery.objects.count(), OutboxMessage.objects.count()) == (0, 0)


@pytest.mark.parametrize("organizations", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_audience(
    organizations: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = OrganizationFactory.create_batch(organizations)
    for place in places:
        person_at(place)
    notice = in_review(to=places)
    approver = approver_of(notice.division)

    with django_assert_num_queries(36):
        publish(notice, by=approver)
