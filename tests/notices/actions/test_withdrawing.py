import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from notices.actions.correcting import begin_correction
from notices.actions.cover_notes import Words, publish_cover_note, write
from notices.actions.nudging import nudge
from notices.actions.publication import publish
from notices.actions.receiving import open_delivery
from notices.actions.withdrawing import withdraw
from notices.models import Delivery, Notice, SearchEntry
from notices.states import NoticeState, NudgeAim
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.notices import (
    a_draft,
    approver_of,
    correction_in_review,
    drafter_of,
    published,
    version_of,
)

pytestmark = pytest.mark.django_db


def mails() -> set[tuple[str, int, str]]:
    return set(OutboxMessage.objects.values_list("kind", "person", "state"))


def test_the_page_stays_with_who_why_and_when() -> None:
    notice = published(to=[OrganizationFactory.create()])
    approver = approver_of(notice.division)

    withdraw(notice, by=approver, reason="宛先の誤り")

    notice.refresh_from_db()
    assert (notice.state, notice.withdrawn_by, notice.withdrawal_reason) == (
        NoticeState.WITHDRAWN,
        approver,
        "宛先の誤り",
    )
    assert notice.withdrawn_at is not None
    assert notice.current_version == version_of(notice)
    event = AuditEvent.objects.get(action="notice.withdrawn")
    assert (event.actor_id, event.detail) == (
        approver.pk,
        {"reason": "宛先の誤り", "cancelled": 0, "told": 0},
    )


def test_mail_that_was_not_sent_is_cancelled_and_readers_are_told() -> None:
    village = OrganizationFactory.create()
    reader, other = person_at(village), person_at(village)
    notice = published(to=[village])
    open_delivery(notice, by=reader)
    OutboxMessage.objects.filter(person=reader).update(
        state=MailState.SENT, sent_at="2026-11-23T00:00Z"
    )

    withdraw(notice, by=approver_of(notice.division), reason="誤り")

    assert mails() == {
        ("notice_published", reader.pk, "sent"),
        ("notice_published", other.pk, "cancelled"),
        ("notice_withdrawn", reader.pk, "pending"),
    }


def test_reminders_and_cover_notes_that_were_not_sent_are_cancelled_too() -> None:
    prefecture = PrefectureFactory.create()
    town = OrganizationFactory.create(prefecture=prefecture)
    officer, writer = person_at(town), person_at(prefecture)
    notice, other = published(to=[town]), published(to=[town])
    for one in (notice, other):
        note = write(one, by=writer, words=Words(text="県の窓口は健康課です。"), revision=0)
        publish_cover_note(one, by=writer, revision=note.revision)
        nudge(one, by=writer, aim=NudgeAim.UNOPENED)

    withdraw(notice, by=approver_of(notice.division), reason="誤り")

    kinds = ("notice_published", "cover_note_published", "notice_nudge")
    assert mails() == {
        (kind, officer.pk, state) for kind in kinds for state in ("cancelled", "pending")
    }
    withdrawn = AuditEvent.objects.get(action="notice.withdrawn")
    assert withdrawn.detail["cancelled"] == len(kinds)


def test_deliveries_stay_and_nobody_owes_anything_for_them() -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    notice = published(to=[village])

    withdraw(notice, by=approver_of(notice.division), reason="誤り")

    received = Delivery.objects.for_organizations_of(officer)
    assert received.count() == 1
    counts = [received.unread_by(officer), received.unopened(), received.unacknowledged()]
    assert [rows.count() for rows in counts] == [0, 0, 0]


def test_search_forgets_it() -> None:
    notice = published(to=[OrganizationFactory.create()])
    assert SearchEntry.objects.count() == 1

    withdraw(notice, by=approver_of(notice.division), reason="誤り")

    assert SearchEntry.objects.count() == 0


def test_a_correction_in_hand_is_given_up_and_cannot_bring_it_back() -> None:
    notice = published(to=[OrganizationFactory.create()])
    correction_in_review(notice)

    withdraw(notice, by=approver_of(notice.division), reason="誤り")

    assert [version.sequence for version in notice.versions.all()] == [1]
    with pytest.raises(Stale):
        publish(notice, by=approver_of(notice.division))
    with pytest.raises(Stale):
        begin_correction(notice, by=notice.created_by, reason="誤り", acknowledge_again=False)


def test_only_an_approver_of_the_division_withdraws() -> None:
    notice = published(to=[OrganizationFactory.create()])
    strangers = [drafter_of(notice.division), approver_of(DivisionFactory.create())]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            withdraw(notice, by=stranger, reason="誤り")


def test_one_person_is_enough_also_its_author() -> None:
    division = DivisionFactory.create()
    notice = published(to=[OrganizationFactory.create()], division=division)
    author = person_at(division, Role.DRAFTER, Role.APPROVER)
    Notice.objects.update(created_by=author)

    withdraw(notice, by=author, reason="誤り")

    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN


def test_it_needs_a_reason() -> None:
    notice = published(to=[OrganizationFactory.create()])

    with pytest.raises(Refused, match="取下げの理由"):
        withdraw(notice, by=approver_of(notice.division), reason="\n")


def test_what_is_unpublished_or_withdrawn_is_not_withdrawn() -> None:
    draft, notice = a_draft(), published(to=[OrganizationFactory.create()])
    withdraw(notice, by=approver_of(notice.division), reason="誤り")

    for other in (draft, notice):
        with pytest.raises(Stale):
            withdraw(other, by=approver_of(other.division), reason="誤り")

    assert AuditEvent.objects.filter(action="notice.withdrawn").count() == 1


@pytest.mark.parametrize("organizations", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_readers(
    organizations: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = OrganizationFactory.create_batch(organizations)
    notice = published(to=places)
    for place in places:
        open_delivery(notice, by=person_at(place))
    approver = approver_of(notice.division)

    with django_assert_num_queries(14):
        withdraw(notice, by=approver, reason="誤り")
