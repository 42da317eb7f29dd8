"""A notice with a file that no scanner has found clean."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.audience import AudienceRule
from accounts.models import User
from notices.actions.attaching import attach
from notices.actions.drafting import set_audience
from notices.actions.publication import publish
from notices.actions.review import submit_for_review
from notices.models import Attachment, Notice
from notices.states import AttachmentKind, NoticeState
from onepublic.core.errors import Refused
from onepublic.files.scanning import scan_due
from tests.clamd import EICAR, Clamd, running
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import a_draft, approver_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clamd(settings: Settings) -> Iterator[Clamd]:
    with running() as scanner:
        settings.CLAMAV_URL = scanner.url
        yield scanner


def with_file(content: bytes) -> tuple[Notice, Attachment, User]:
    """A notice in review with the file, and somebody of the village to which it will go."""
    village = OrganizationFactory.create()
    notice = a_draft()
    drafter = notice.created_by
    upload = SimpleUploadedFile("別紙.txt", content)
    (attachment,) = attach(notice, by=drafter, files=[upload], kind=AttachmentKind.ANNEX)
    set_audience(notice, by=drafter, rule=AudienceRule(codes=[village.code]))
    submit_for_review(notice, by=drafter)
    return notice, attachment, person_at(village)


def test_what_waits_is_not_published_and_what_is_clean_is(clamd: Clamd) -> None:
    notice, _, _ = with_file(b"text")
    approver = approver_of(notice.division)

    with pytest.raises(Refused) as refused:
        publish(notice, by=approver)
    assert str(refused.value) == "添付「別紙.txt」のウイルス検査が終わるまで、発出できません。"
    scan_due()

    assert publish(notice, by=approver).state == NoticeState.PUBLISHED


def test_what_is_infected_is_never_published(clamd: Clamd) -> None:
    notice, _, _ = with_file(EICAR)
    scan_due()

    with pytest.raises(Refused, match="ウイルスが検出されました"):
        publish(notice, by=approver_of(notice.division))

    notice.refresh_from_db()
    assert notice.state == NoticeState.UNPUBLISHED


def test_the_drafter_sees_beside_the_file_what_was_found(client: Client, clamd: Clamd) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)
    upload = SimpleUploadedFile("別紙.txt", EICAR)
    attach(notice, by=notice.created_by, files=[upload], kind=AttachmentKind.ANNEX)
    page = reverse("notices:attachments", args=[notice.pk])

    before = client.get(page).text
    scan_due()
    after = client.get(page).text

    assert "終わるまで、ダウンロードと発出はできません。" in before
    assert "検出名：Eicar-Signature。外して、安全なファイルを添付し直してください。" in after


def test_an_infected_file_is_a_page_that_says_so_and_no_download(
    client: Client, settings: Settings
) -> None:
    settings.CLAMAV_URL = ""
    notice, attachment, reader = with_file(EICAR)
    publish(notice, by=approver_of(notice.division))
    client.force_login(reader)
    address = reverse("notices:attachment", args=[notice.pk, attachment.pk])
    with running() as scanner:
        settings.CLAMAV_URL = scanner.url
        scan_due()

    response = client.get(address)

    assert response.status_code == 409
    assert "「別紙.txt」は、ウイルスが検出されたため、ダウンロードできません。" in response.text
    assert EICAR not in response.content


def test_without_a_scanner_the_list_says_that_nobody_looked(
    client: Client, settings: Settings
) -> None:
    settings.CLAMAV_URL = ""
    notice, _, reader = with_file(b"text")
    publish(notice, by=approver_of(notice.division))
    client.force_login(reader)

    page = client.get(reverse("notices:detail", args=[notice.pk]))

    assert page.text.count("ウイルス検査：未実施") == 1
