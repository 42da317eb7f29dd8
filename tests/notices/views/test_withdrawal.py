"""From the confirmation to what is left: the tombstone, and the list of who had read it."""

import io
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.states import Role
from notices.actions.attaching import attach
from notices.actions.publication import publish
from notices.actions.review import return_to_drafter, submit_for_review
from notices.actions.withdrawing import withdraw
from notices.models import AttachmentDownload, Notice
from notices.states import NoticeState
from notices.views.withdrawing import COLUMNS
from onepublic.workbook import read_rows
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import approver_of, drafter_of, in_review, published, version_of

pytestmark = pytest.mark.django_db
CONTENT = ("versions", "print", "attachments_zip")
REASON = "宛先に誤りがありました。"


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def notice(village: Organization) -> Notice:
    """Published, with a file."""
    notice = in_review(to=[village])
    return_to_drafter(notice, by=approver_of(notice.division), reason="添付")
    upload = SimpleUploadedFile("別紙１.txt", b"abc")
    attach(notice, by=notice.created_by, files=[upload], kind="annex")
    submit_for_review(notice, by=notice.created_by)
    return publish(notice, by=approver_of(notice.division))


def page(name: str, notice: Notice, *rest: int) -> str:
    return reverse(f"notices:{name}", args=[notice.pk, *rest])


def file_of(notice: Notice) -> str:
    return page("attachment", notice, version_of(notice).attachments.get().pk)


def read(response: Any) -> bytes:
    """The bytes of a download."""
    return b"".join(response.streaming_content)


def test_the_confirmation_says_what_happens_and_to_how_many(
    client: Client, notice: Notice, village: Organization
) -> None:
    client.force_login(person_at(village))
    client.get(page("detail", notice))
    client.force_login(approver_of(notice.division))

    context = client.get(page("withdrawal", notice)).context

    assert (context["delivered"], context["readers"], context["unsent"]) == (1, 1, 0)
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED


def test_without_a_reason_the_page_says_so(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))

    response = client.post(page("withdrawal", notice), {"reason": ""})

    assert list(response.context["form"].errors) == ["reason"]
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED


def test_from_then_on_neither_page_nor_file_is_served_to_anybody(
    client: Client, notice: Notice, village: Organization
) -> None:
    officer, colleague = person_at(village), person_at(DivisionFactory.create(), Role.VIEWER)
    issuer = drafter_of(notice.division)
    client.force_login(approver_of(notice.division))
    client.post(page("withdrawal", notice), {"reason": REASON})

    for person, pages in (
        (officer, ("detail", *CONTENT)),
        (colleague, ("detail", *CONTENT)),
        (issuer, CONTENT),
    ):
        client.force_login(person)
        for address in (
            *(page(name, notice) for name in pages),
            page("version", notice, 1),
            file_of(notice),
        ):
            response = client.get(address)
            assert response.status_code == 410
            assert REASON in response.text
            assert "医政発1123第1号" in response.text
            assert "予防接種の実施について" in response.text
            assert "標記について" not in response.text


def test_who_could_not_read_it_does_not_learn_that_it_was_there(
    client: Client, notice: Notice
) -> None:
    withdraw(notice, by=approver_of(notice.division), reason=REASON)
    client.force_login(person_at(OrganizationFactory.create()))

    assert client.get(page("detail", notice)).status_code == 404


def test_the_division_keeps_the_record_without_the_content(client: Client, notice: Notice) -> None:
    withdraw(notice, by=approver_of(notice.division), reason=REASON)
    client.force_login(person_at(notice.division, Role.VIEWER))

    response = client.get(page("detail", notice))

    assert response.status_code == 200
    assert "この通知は取り下げられました" in response.text
    assert REASON in response.text
    assert "標記について" not in response.text


def test_pages_and_files_are_kept_by_no_cache(
    client: Client, notice: Notice, village: Organization
) -> None:
    client.force_login(person_at(village))

    responses = [client.get(page("detail", notice)), client.get(file_of(notice))]

    assert [response["Cache-Control"] for response in responses] == ["private, no-store"] * 2
    assert read(responses[1]) == b"abc"


def test_a_download_is_remembered_once(
    client: Client, notice: Notice, village: Organization
) -> None:
    officer = person_at(village)
    client.force_login(officer)

    for address in (file_of(notice), file_of(notice), page("attachments_zip", notice)):
        read(client.get(address))

    download = AttachmentDownload.objects.get()
    assert (download.user, download.attachment) == (
        officer,
        version_of(notice).attachments.get(),
    )


def test_the_ministry_gets_the_list_of_who_had_opened_or_downloaded(
    client: Client, notice: Notice, village: Organization
) -> None:
    opener, taker, other = (person_at(village) for _ in range(3))
    client.force_login(opener)
    client.get(page("detail", notice))
    client.force_login(taker)
    read(client.get(file_of(notice)))
    withdraw(notice, by=approver_of(notice.division), reason=REASON)
    client.force_login(person_at(notice.division, Role.VIEWER))

    context = client.get(page("readers", notice)).context
    workbook = io.BytesIO(read(client.get(page("readers_workbook", notice))))

    facts = [(p.pk, p.place, p.read_sequence, p.files) for p in context["page"].rows]
    assert facts == [
        (taker.pk, village.full_name, None, "別紙１.txt"),
        (opener.pk, village.full_name, 1, None),
    ]
    assert context["total"] == 2
    head, *rows = read_rows(workbook, sheet="開いた人")
    assert head == [column.headers[0] for column in COLUMNS]
    assert [[row[2], row[3], *row[5:]] for row in rows] == [
        [opener.name, opener.email, "第1版"],
        [taker.name, taker.email, None, "別紙１.txt"],
    ]
    assert isinstance(rows[0][4], datetime)
    assert other.name not in [row[2] for row in rows]


@pytest.mark.parametrize("name", ["readers", "readers_workbook"])
def test_the_list_is_for_the_division_and_for_what_was_withdrawn(
    client: Client, notice: Notice, name: str
) -> None:
    client.force_login(approver_of(notice.division))
    assert client.get(page(name, notice)).status_code == 404
    withdraw(notice, by=approver_of(notice.division), reason=REASON)
    client.force_login(person_at(DivisionFactory.create()))

    assert client.get(page(name, notice)).status_code == 410


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_queries_however_many(
    client: Client,
    village: Organization,
    people: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    notice = published(to=[village])
    for _ in range(people):
        client.force_login(person_at(village))
        client.get(page("detail", notice))
    withdraw(notice, by=approver_of(notice.division), reason=REASON)
    client.force_login(person_at(notice.division, Role.VIEWER))

    with django_assert_num_queries(6):
        client.get(page("readers", notice))
