import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from notices.actions.attaching import attach
from notices.models import Attachment, Notice
from onepublic.files.models import StoredFile
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, approver_of, drafter_of, published

pytestmark = pytest.mark.django_db


def page_of(notice: Notice) -> str:
    return reverse("notices:attachments", args=[notice.pk])


def text(name: str, content: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(revision: int, *files: SimpleUploadedFile) -> dict[str, object]:
    return {"kind": "form", "uploads": list(files), "revision": revision}


def test_it_takes_several_files_with_japanese_names(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), sent(1, text("様式１　回答.txt"), text("様式２.txt")))

    assert response.headers["Location"] == page_of(notice)
    names = notice.versions.get().attachments.values_list("file__name", "kind")
    assert list(names) == [("様式１　回答.txt", "form"), ("様式２.txt", "form")]


def test_a_lying_file_is_named_at_the_field_and_nothing_is_kept(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), sent(1, text("良.txt"), text("偽.docx", b"MZ\x00")))

    [first, last] = response.context["form"].errors["uploads"]
    assert str(first).startswith("「偽.docx」の中身が、拡張子（.docx）の示す種類と違います。")
    assert str(last) == "ファイルは１件も添付されていません。"
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_pressing_twice_attaches_once(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)
    shown = client.get(page_of(notice)).context["form"]["revision"].value()
    client.post(page_of(notice), sent(shown, text("一.txt")))

    response = client.post(page_of(notice), sent(shown, text("一.txt")), follow=True)

    assert "変更されています" in response.text
    assert Attachment.objects.count() == 1


def test_a_file_is_taken_out(client: Client) -> None:
    notice = a_draft()
    [attachment] = attach(notice, by=notice.created_by, files=[text("一.txt")], kind="annex")
    client.force_login(notice.created_by)
    removal = reverse("notices:attachment_removal", args=[notice.pk, attachment.pk])

    response = client.post(removal, {"revision": 2})

    assert response.headers["Location"] == page_of(notice)
    assert Attachment.objects.count() == 0


def test_a_file_is_not_taken_out_by_looking_or_from_a_stale_page(client: Client) -> None:
    notice = a_draft()
    [attachment] = attach(notice, by=notice.created_by, files=[text("一.txt")], kind="annex")
    client.force_login(notice.created_by)
    removal = reverse("notices:attachment_removal", args=[notice.pk, attachment.pk])

    assert client.get(removal).status_code == 405
    client.post(removal, {"revision": 1})

    assert Attachment.objects.count() == 1


def test_others_may_not_attach(client: Client) -> None:
    notice = a_draft()
    client.force_login(approver_of(notice.division))
    assert client.get(page_of(notice)).status_code == 403
    assert client.post(page_of(notice), sent(1, text("一.txt"))).status_code == 403

    client.force_login(drafter_of(DivisionFactory.create()))
    assert client.get(page_of(notice)).status_code == 404


def test_a_published_notice_takes_no_file(client: Client) -> None:
    notice = published(to=[OrganizationFactory.create()])
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), sent(2, text("一.txt")), follow=True)

    assert "変更できません" in response.text
    assert Attachment.objects.count() == 0
