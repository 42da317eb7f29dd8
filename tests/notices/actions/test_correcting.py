import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.audience import AudienceRule
from accounts.states import Role
from notices.actions.attaching import attach
from notices.actions.correcting import begin_correction, discard_correction
from notices.actions.drafting import edit, set_audience
from notices.actions.manuscript import ContactLine
from notices.actions.nudging import nudge
from notices.actions.publication import publish
from notices.actions.relating import relate
from notices.actions.review import submit_for_review
from notices.models import Notice, NoticeVersion, Topic
from notices.states import NudgeAim, RelationKind, VersionState
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import (
    a_draft,
    approver_of,
    correction_in_review,
    drafter_of,
    in_review,
    manuscript,
    published,
    version_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> Notice:
    return published(to=[OrganizationFactory.create()])


def begun(notice: Notice) -> NoticeVersion:
    return begin_correction(
        notice, by=notice.created_by, reason="日付の誤り", acknowledge_again=True
    )


def test_it_copies_text_issuers_and_files_and_leaves_what_is_in_force() -> None:
    joint = DivisionFactory.create()
    notice = a_draft(joint_issuers=[joint], contacts=[ContactLine(division="総務課")])
    upload = SimpleUploadedFile("別紙.txt", b"1")
    attach(notice, by=notice.created_by, files=[upload], kind="annex")
    set_audience(
        notice, by=notice.created_by, rule=AudienceRule(codes=[OrganizationFactory.create().code])
    )
    submit_for_review(notice, by=notice.created_by)
    old = publish(notice, by=approver_of(notice.division)).versions.get()
    drafter = drafter_of(notice.division)

    new = begin_correction(notice, by=drafter, reason="日付の誤り", acknowledge_again=True)

    notice.refresh_from_db()
    assert (new.sequence, new.state, new.correction_reason) == (2, "draft", "日付の誤り")
    assert (new.written_by, new.submitted_by, new.published_by) == (drafter, None, None)
    assert (new.title, new.acknowledge_again) == (old.title, True)
    assert [contact.division for contact in new.contacts.all()] == ["総務課"]
    assert list(new.issuers.values_list("division", "position")) == list(
        old.issuers.values_list("division", "position")
    )
    assert new.attachments.get().file == old.attachments.get().file
    assert (notice.state, notice.current_version) == ("published", old)
    event = AuditEvent.objects.get(action="notice.correction_begun")
    assert (event.actor_id, event.detail) == (drafter.pk, {"sequence": 2, "reason": "日付の誤り"})


def test_only_the_divisions_drafters_begin_one(notice: Notice) -> None:
    for stranger in (approver_of(notice.division), drafter_of(DivisionFactory.create())):
        with pytest.raises(PermissionDenied):
            begin_correction(notice, by=stranger, reason="誤り", acknowledge_again=False)


def test_there_is_one_correction_at_a_time(notice: Notice) -> None:
    begun(notice)

    with pytest.raises(Stale, match="すでに作成中"):
        begun(notice)


def test_a_draft_is_edited_and_not_corrected() -> None:
    with pytest.raises(Stale, match="発出中の通知だけ"):
        begun(a_draft())


def test_it_needs_a_reason(notice: Notice) -> None:
    with pytest.raises(Refused, match="訂正の理由"):
        begin_correction(notice, by=notice.created_by, reason=" ", acknowledge_again=False)


def test_its_text_changes_and_the_page_stays_as_it_was(notice: Notice) -> None:
    topic = Topic.objects.create(name="予防接種")
    notice.topics.add(topic)
    begun(notice)

    edit(notice, by=notice.created_by, manuscript=manuscript(title="直した件名"))

    notice.refresh_from_db()
    assert version_of(notice).title == "直した件名"
    assert notice.current_version
    assert notice.current_version.title == "予防接種の実施について"
    assert list(notice.topics.all()) == [topic]


def test_its_audience_is_frozen(notice: Notice) -> None:
    begun(notice)

    with pytest.raises(Refused, match="宛先は、はじめに発出したときの団体から変更できません"):
        set_audience(notice, by=notice.created_by, rule=AudienceRule(kinds=["prefecture"]))


def test_discarding_leaves_the_version_in_force(notice: Notice) -> None:
    begun(notice)

    discard_correction(notice, by=notice.created_by)

    assert [version.sequence for version in notice.versions.all()] == [1]
    assert AuditEvent.objects.filter(action="notice.correction_discarded").count() == 1
    begun(notice)


def test_a_first_text_is_not_discarded() -> None:
    notice = a_draft()

    with pytest.raises(Refused):
        discard_correction(notice, by=notice.created_by)


def test_what_is_in_review_is_not_discarded(notice: Notice) -> None:
    correction_in_review(notice)

    with pytest.raises(Stale):
        discard_correction(notice, by=notice.created_by)


def test_who_wrote_the_correction_may_not_publish_it() -> None:
    both = (Role.DRAFTER, Role.APPROVER)
    notice = published(to=[OrganizationFactory.create()])
    author = person_at(notice.division, *both)
    begin_correction(notice, by=author, reason="誤り", acknowledge_again=False)
    submit_for_review(notice, by=notice.created_by)

    with pytest.raises(PermissionDenied):
        publish(notice, by=author)


def test_who_wrote_the_first_version_only_may_approve_the_correction() -> None:
    division = DivisionFactory.create()
    author = person_at(division, Role.DRAFTER, Role.APPROVER)
    notice = a_draft(division=division, by=author)
    code = OrganizationFactory.create().code
    set_audience(notice, by=author, rule=AudienceRule(codes=[code]))
    submit_for_review(notice, by=author)
    publish(notice, by=approver_of(division))
    colleague = drafter_of(division)
    begin_correction(notice, by=colleague, reason="誤り", acknowledge_again=False)
    submit_for_review(notice, by=colleague)

    publish(notice, by=author)

    assert version_of(notice).state == VersionState.PUBLISHED


def test_a_first_text_in_review_takes_no_correction() -> None:
    with pytest.raises(Stale):
        begun(in_review(to=[OrganizationFactory.create()]))


def test_what_a_discarded_correction_stated_does_not_come_back_with_the_next() -> None:
    """Its repeal of another notice would take effect with a correction that never said so."""
    other = published(to=[OrganizationFactory.create()])
    notice = published(to=[OrganizationFactory.create()])
    begun(notice)
    relate(notice, to=other, kind=RelationKind.REPEALS, by=notice.created_by)

    discard_correction(notice, by=notice.created_by)

    assert list(notice.relations_out.all()) == []


def test_what_the_version_in_force_states_stays() -> None:
    other = published(to=[OrganizationFactory.create()])
    notice = published(to=[OrganizationFactory.create()])
    begun(notice)
    relate(notice, to=other, kind=RelationKind.REPEALS, by=notice.created_by)
    submit_for_review(notice, by=notice.created_by)
    publish(notice, by=approver_of(notice.division))
    begun(notice)

    discard_correction(notice, by=notice.created_by)

    assert notice.relations_out.get().target == other


def test_who_reminds_of_the_version_in_force_may_approve_its_correction(notice: Notice) -> None:
    approver = approver_of(notice.division)
    correction_in_review(notice)
    nudge(notice, by=approver, aim=NudgeAim.UNOPENED)

    publish(notice, by=approver)

    assert version_of(notice).published_by == approver
