from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Division
from accounts.states import Role
from notices.actions.agreeing import agree, decline_to_join
from notices.actions.drafting import edit
from notices.actions.publication import publish
from notices.actions.review import return_to_drafter, submit_for_review
from notices.actions.ruling import set_issuing_rule
from notices.actions.scheduling import publish_scheduled, schedule
from notices.models import Issuer, Notice, NoticeVersion
from notices.querysets import approvers_of
from notices.states import NoticeState, VersionState
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import approver_of, drafter_of, in_review, manuscript, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint() -> Division:
    division = DivisionFactory.create()
    by = approver_of(division)
    set_issuing_rule(division, by=by, symbol="", requires_agreement=True)
    return division


@pytest.fixture
def notice(joint: Division) -> Notice:
    return in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])


def answer_of(joint: Division) -> Issuer:
    return Issuer.objects.get(division=joint)


def published(notice: Notice) -> Notice:
    return publish(notice, by=approver_of(notice.division))


def test_without_the_agreement_nothing_goes_out(notice: Notice, joint: Division) -> None:
    approver = approver_of(notice.division)

    with pytest.raises(Refused, match="同意"):
        publish(notice, by=approver)
    with pytest.raises(Refused, match="同意"):
        schedule(notice, by=approver, at=timezone.now() + timedelta(days=1))

    notice.refresh_from_db()
    assert notice.state == NoticeState.UNPUBLISHED


def test_with_it_the_notice_goes_out(notice: Notice, joint: Division) -> None:
    by = approver_of(joint)

    agree(notice, by=by, revision=notice.revision)

    assert answer_of(joint).agreed_by == by
    assert published(notice).state == NoticeState.PUBLISHED
    assert events_of(notice).get(action="notice.agreed").detail == {"divisions": [joint.pk]}


def test_a_division_that_asks_for_nothing_is_not_asked() -> None:
    notice = in_review(to=[OrganizationFactory.create()], joint_issuers=[DivisionFactory.create()])

    assert published(notice).state == NoticeState.PUBLISHED


def test_declining_needs_a_reason_and_can_be_taken_back(notice: Notice, joint: Division) -> None:
    by = approver_of(joint)
    with pytest.raises(Refused):
        decline_to_join(notice, by=by, reason=" ")

    decline_to_join(notice, by=by, reason="所掌と異なる")
    with pytest.raises(Refused):
        published(notice)
    assert answer_of(joint).decline_reason == "所掌と異なる"

    agree(notice, by=by)
    assert published(notice).state == NoticeState.PUBLISHED


def test_it_falls_away_when_the_text_changes(notice: Notice, joint: Division) -> None:
    agree(notice, by=approver_of(joint))
    return_to_drafter(notice, by=approver_of(notice.division), reason="誤字")
    edit(
        notice,
        by=notice.created_by,
        manuscript=manuscript(title="直した件名", joint_issuers=[joint]),
    )
    submit_for_review(notice, by=notice.created_by)

    with pytest.raises(Refused, match="同意"):
        published(notice)


def test_it_stays_when_nothing_was_changed(notice: Notice, joint: Division) -> None:
    agree(notice, by=approver_of(joint))
    return_to_drafter(notice, by=approver_of(notice.division), reason="別件の確認")
    submit_for_review(notice, by=notice.created_by)

    assert published(notice).state == NoticeState.PUBLISHED


def test_only_approvers_of_that_division_answer(notice: Notice, joint: Division) -> None:
    for stranger in (
        drafter_of(joint),
        approver_of(notice.division),
        person_at(joint, Role.VIEWER),
    ):
        with pytest.raises(PermissionDenied):
            agree(notice, by=stranger)


def test_an_old_page_decides_nothing(notice: Notice, joint: Division) -> None:
    with pytest.raises(Stale):
        agree(notice, by=approver_of(joint), revision=notice.revision - 1)


def test_whoever_decides_there_is_told_each_time_it_is_sent_for_approval(
    joint: Division,
) -> None:
    drafter_of(joint)
    approver_of(DivisionFactory.create())
    deciding = approvers_of(Division.objects.filter(pk=joint.pk))
    notice = in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])
    return_to_drafter(notice, by=approver_of(notice.division), reason="日付の誤り")
    submit_for_review(notice, by=notice.created_by)

    asked = OutboxMessage.objects.filter(kind="notice_agreement_asked")
    (approver,) = deciding
    assert list(asked.values_list("person", flat=True)) == [approver.pk, approver.pk]


def test_a_division_that_does_not_ask_for_it_is_told_nothing() -> None:
    joint = DivisionFactory.create()
    approver_of(joint)

    in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])

    assert OutboxMessage.objects.count() == 0


def test_the_clock_publishes_nothing_without_an_agreement_that_is_asked_for_meanwhile() -> None:
    joint = DivisionFactory.create()
    notice = in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])
    schedule(notice, by=approver_of(notice.division), at=timezone.now() + timedelta(hours=1))
    set_issuing_rule(joint, by=approver_of(joint), symbol="", requires_agreement=True)
    past = timezone.now() - timedelta(seconds=1)
    NoticeVersion.objects.filter(notice=notice).update(scheduled_for=past)

    assert publish_scheduled(notice) is False

    version = version_of(notice)
    assert version.state == VersionState.RETURNED
    assert version.return_reason == (
        "予約した日時に発出できませんでした。"
        f"連名の「{joint.full_name}」が同意していないため、発出できません。"
    )
