import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.states import Role
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState
from tests.factories.accounts import DivisionFactory, UserFactory, person_at

pytestmark = pytest.mark.django_db
PAGE = reverse("scans")


def file(number: int, **fields: object) -> StoredFile:
    return StoredFile.objects.create(
        key=f"k{number}",
        name=f"別紙{number}.pdf",
        content_type="x",
        size=1,
        sha256="0",
        created_by=UserFactory.create(),
        **fields,
    )


def infected(number: int) -> StoredFile:
    return file(
        number,
        scan_state=ScanState.INFECTED,
        scan_signature="Eicar-Signature",
        scanned_at=timezone.now(),
    )


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(person_at(DivisionFactory.create(), Role.SYSTEM_ADMIN))
    return client


def test_it_shows_what_waits_and_why_and_what_is_held(
    administrator: Client, settings: Settings
) -> None:
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    waiting = file(1, scan_state=ScanState.WAITING, scan_error="Connection refused")
    held = infected(2)

    page = administrator.get(PAGE)

    assert page.context["waiting_since"] == waiting.created_at
    assert page.context["last_error"] == "Connection refused"
    assert list(page.context["stuck"]) == [held]
    assert dict(page.context["counts"]) == {
        "ウイルス検査中": 1,
        "ウイルス検査：済み": 0,
        "ウイルスを検出": 1,
        "ウイルス検査：未実施": 0,
        "ウイルス検査ができません": 0,
    }


def test_without_a_scanner_it_says_so(administrator: Client, settings: Settings) -> None:
    settings.CLAMAV_URL = ""

    assert "検査サーバーが設定されていません" in administrator.get(PAGE).text


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_many_are_held(
    administrator: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        infected(number)

    with django_assert_num_queries(7):
        page = administrator.get(PAGE)

    assert len(page.context["stuck"]) == count
