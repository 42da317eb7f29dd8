import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from notices.actions.attaching import attach
from notices.models import Notice
from notices.states import AttachmentKind
from onepublic.files.bundles import LEFT_OUT
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState
from tests.factories.notices import a_draft

pytestmark = pytest.mark.django_db


def attached(*files: tuple[str, AttachmentKind], **changes: Any) -> Notice:
    notice = a_draft(**changes)
    for name, kind in files:
        upload = SimpleUploadedFile(name, name.encode())
        attach(notice, by=notice.created_by, files=[upload], kind=kind)
    return notice


def address_of(notice: Notice) -> str:
    return reverse("notices:attachments_zip", args=[notice.pk])


def unpacked(client: Client, notice: Notice) -> dict[str, bytes]:
    whole = client.get(address_of(notice)).getvalue()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_files_stand_in_printed_order_under_their_kind(client: Client) -> None:
    notice = attached(
        ("実施要領.txt", AttachmentKind.ANNEX),
        ("記入例.txt", AttachmentKind.FORM),
        ("Q&A.txt", AttachmentKind.ANNEX),
        ("別紙３　様式集.txt", AttachmentKind.ANNEX),
    )
    client.force_login(notice.created_by)

    assert unpacked(client, notice) == {
        "01_別紙1_実施要領.txt": "実施要領.txt".encode(),
        "02_様式1_記入例.txt": "記入例.txt".encode(),
        "03_別紙2_Q&A.txt": b"Q&A.txt",
        "04_別紙３　様式集.txt": "別紙３　様式集.txt".encode(),
    }


def test_it_is_a_download_with_its_length_named_after_the_notice(client: Client) -> None:
    notice = attached(("a.txt", AttachmentKind.ANNEX), number="医政発1123第1号")
    client.force_login(notice.created_by)

    response = client.get(address_of(notice))

    whole = response.getvalue()
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Length"] == str(len(whole))
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%8C%BB%E6%94%BF%E7%99%BA1123%E7%AC%AC1%E5%8F%B7"
        "_%E6%B7%BB%E4%BB%98%E3%83%95%E3%82%A1%E3%82%A4%E3%83%AB.zip"
    )


def test_a_file_in_quarantine_is_left_out_and_a_text_says_so(client: Client) -> None:
    notice = attached(("良.txt", AttachmentKind.ANNEX), ("否.txt", AttachmentKind.ANNEX))
    StoredFile.objects.filter(name="否.txt").update(scan_state=ScanState.WAITING)
    client.force_login(notice.created_by)

    found = unpacked(client, notice)

    assert sorted(found) == [LEFT_OUT, "01_別紙1_良.txt"]
    assert found[LEFT_OUT].decode("utf-8-sig") == (
        "次のファイルは、このZIPファイルに含まれていません。\r\n\r\n"
        "02_別紙2_否.txt\r\n"
        "　ウイルス検査が終わっていないため、まだダウンロードできません。"
        "数分後に、もう一度お試しください。\r\n"
    )


def test_without_attachments_there_is_nothing_to_pack(client: Client) -> None:
    notice = attached()
    client.force_login(notice.created_by)

    assert client.get(address_of(notice)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_many_files(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    notice = attached(*[(f"{n}.txt", AttachmentKind.ANNEX) for n in range(count)])
    client.force_login(notice.created_by)

    with django_assert_num_queries(7):
        found = unpacked(client, notice)

    assert len(found) == count
