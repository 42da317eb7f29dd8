from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Organization
from notices.models import CoverNote, Notice
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture() -> Organization:
    return PrefectureFactory.create()


@pytest.fixture
def notice(prefecture: Organization) -> Notice:
    due_on = timezone.localdate() + timedelta(days=9)
    return published(to=[OrganizationFactory.create(prefecture=prefecture)], due_on=due_on)


@pytest.fixture
def address(client: Client, notice: Notice, prefecture: Organization) -> str:
    client.force_login(person_at(prefecture))
    return f"/notices/{notice.pk}/cover-note/"


def test_a_note_is_saved_with_its_day_and_files(client: Client, address: str) -> None:
    day = timezone.localdate() + timedelta(days=3)
    upload = SimpleUploadedFile("様式.txt", b"text")
    form = {"text": "本文", "due_on": day.isoformat(), "uploads": upload, "revision": "0"}

    assert client.post(address, form).status_code == 302

    note = CoverNote.objects.get()
    assert (note.text, note.due_on, note.published_at) == ("本文", day, None)
    assert [str(one) for one in note.files.all()] == ["様式.txt"]
    assert client.get(address).context["form"].initial["revision"] == note.revision


@pytest.mark.parametrize(
    ("days", "message"),
    [(-1, "今日以降の日付を入力してください。"), (10, "以前の日付を入力してください。")],
)
def test_the_own_day_lies_between_today_and_the_ministrys(
    client: Client, address: str, days: int, message: str
) -> None:
    day: date = timezone.localdate() + timedelta(days=days)

    page = client.post(address, {"text": "本文", "due_on": day.isoformat(), "revision": "0"})

    assert page.context["form"].errors["due_on"][0].endswith(message)
    assert CoverNote.objects.count() == 0


def test_a_bad_file_is_named_and_the_text_stays(client: Client, address: str) -> None:
    upload = SimpleUploadedFile("悪い.exe", b"MZ")

    page = client.post(address, {"text": "残る本文", "uploads": upload, "revision": "0"})

    assert "「悪い.exe」" in page.context["form"].errors["uploads"][0]
    assert "残る本文" in page.content.decode()


def test_a_second_window_keeps_what_was_typed(client: Client, address: str) -> None:
    client.post(address, {"text": "先の本文", "revision": "0"})

    page = client.post(address, {"text": "後の本文", "revision": "0"})

    assert page.status_code == 409
    assert "後の本文" in page.content.decode()
    assert CoverNote.objects.get().text == "先の本文"


def test_publishing_twice_says_so(client: Client, address: str) -> None:
    client.post(address, {"text": "本文", "revision": "0"})
    form = {"revision": str(CoverNote.objects.get().revision)}

    pages = [client.post(f"{address}publication/", form, follow=True) for _ in range(2)]

    said = [[str(message) for message in page.context["messages"]][-1] for page in pages]
    assert said == [
        "管内の市区町村に公開し、メールで知らせました。",
        "公開していない下書きがありません。すでに公開されています。",
    ]
