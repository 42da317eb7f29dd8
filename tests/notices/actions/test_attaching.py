import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.actions.attaching import MOST_ATTACHMENTS, attach, detach
from notices.models import Attachment
from notices.states import AttachmentKind
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.files.models import StoredFile
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import a_draft, approver_of, in_review

pytestmark = pytest.mark.django_db


def text(name: str = "別紙１　要領.txt", content: bytes = b"text") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_stand_behind_each_other_in_the_order_given() -> None:
    notice = a_draft()
    attach(notice, by=notice.created_by, files=[text("一.txt")], kind=AttachmentKind.ANNEX)

    attach(
        notice,
        by=notice.created_by,
        files=[text("二.txt"), text("三.txt")],
        kind=AttachmentKind.FORM,
        revision=2,
    )

    attachments = notice.versions.get().attachments
    assert list(attachments.values_list("position", "file__name", "kind")) == [
        (1, "一.txt", "annex"),
        (2, "二.txt", "form"),
        (3, "三.txt", "form"),
    ]
    event = AuditEvent.objects.filter(action="notice.attached").latest("pk")
    assert event.detail == {"files": ["二.txt", "三.txt"]}


def test_the_same_form_sent_twice_attaches_once() -> None:
    notice = a_draft()
    attach(notice, by=notice.created_by, files=[text()], kind=AttachmentKind.ANNEX, revision=1)

    with pytest.raises(Stale):
        attach(notice, by=notice.created_by, files=[text()], kind=AttachmentKind.ANNEX, revision=1)

    assert Attachment.objects.count() == 1


def test_one_lying_file_keeps_all_of_them_out() -> None:
    notice = a_draft()
    lying = text("表.xlsx", b"no workbook")

    with pytest.raises(ValidationError, match=r"「表\.xlsx」の中身が"):
        attach(notice, by=notice.created_by, files=[text(), lying], kind=AttachmentKind.ANNEX)

    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_there_is_a_limit() -> None:
    notice = a_draft()
    files = [text(f"{number}.txt") for number in range(MOST_ATTACHMENTS + 1)]

    with pytest.raises(Refused, match="50件まで"):
        attach(notice, by=notice.created_by, files=files, kind=AttachmentKind.ANNEX)

    assert StoredFile.objects.count() == 0


def test_only_drafters_attach_and_only_to_drafts() -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    with pytest.raises(PermissionDenied):
        attach(notice, by=approver_of(notice.division), files=[text()], kind="annex")
    with pytest.raises(Stale):
        attach(notice, by=notice.created_by, files=[text()], kind="annex")


def test_a_file_is_taken_out_once() -> None:
    notice = a_draft()
    [attachment] = attach(notice, by=notice.created_by, files=[text()], kind="annex")

    first = detach(notice, by=notice.created_by, attachment_id=attachment.pk)
    second = detach(notice, by=notice.created_by, attachment_id=attachment.pk)

    assert (first, second, Attachment.objects.count()) == (True, False, 0)
    assert AuditEvent.objects.filter(action="notice.detached").count() == 1


def test_a_file_of_another_notice_stays() -> None:
    mine, other = a_draft(), a_draft()
    [attachment] = attach(other, by=other.created_by, files=[text()], kind="annex")

    assert not detach(mine, by=mine.created_by, attachment_id=attachment.pk)

    assert Attachment.objects.count() == 1
