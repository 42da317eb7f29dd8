import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from surveys.models import AnswerUpload, Assignment
from surveys.offline import write_book
from surveys.responses import load_response
from tests.factories.accounts import person_at
from tests.factories.surveys import answer, assignment
from tests.surveys.answerbook.books import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assignment:
    return assignment()


@pytest.fixture
def officer(asked: Assignment, client: Client) -> User:
    """Signed in."""
    person = person_at(asked.organization)
    client.force_login(person)
    return person


def address(asked: Assignment, rest: str = "workbook/") -> str:
    return f"/surveys/assignments/{asked.pk}/{rest}"


def downloaded(client: Client, asked: Assignment) -> bytes:
    response = client.get(address(asked, "workbook/file/"))
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def give_back(
    client: Client, asked: Assignment, content: bytes, name: str = "回答.xlsx"
) -> HttpResponse:
    book = SimpleUploadedFile(name, content)
    return client.post(address(asked), {"book": book})  # type: ignore[return-value]


def latest(asked: Assignment) -> AnswerUpload:
    return asked.uploads.latest("pk")


def texts(page: str) -> list[str]:
    """The cells of the tables of a page, without their markup."""
    cells = re.findall(r"<t[hd] (?:scope=\"row\"|data-label=\"[^\"]+\")>(.*?)</t[hd]>", page, re.S)
    return [re.sub(r"<[^>]+>", " ", cell).strip() for cell in cells]


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_the_workbook_bears_the_names_of_survey_and_organization(
    client: Client, asked: Assignment, officer: User
) -> None:
    response = client.get(address(asked, "workbook/file/"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]

    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in response.headers["Content-Disposition"]
    assert book["はじめに"]["B2"].value == asked.survey.title
    assert book["はじめに"]["C5"].value == asked.organization.full_name
    assert book.sheetnames == ["はじめに", "体制", "実績", "_onepublic"]


def test_what_was_filled_in_is_shown_and_then_taken_over(
    client: Client, asked: Assignment, officer: User
) -> None:
    answer(asked, officer, staff="3")
    content = filled(
        downloaded(client, asked), {("staff", ""): 12, ("form", ""): "直営", ("since", ""): "昔"}
    )
    given = give_back(client, asked, content)
    upload = latest(asked)
    page = client.get(given.headers["Location"]).content.decode()
    taken = client.post(
        address(asked, f"uploads/{upload.pk}/taking-over/"), {"seen": seen(page)}, follow=True
    )

    assert given.headers["Location"] == address(asked, f"uploads/{upload.pk}/")
    assert texts(page) == [
        "「体制」シート D26",
        "開設日",
        "暦にある日付を、「2026-11-23」又は「令和8年11月23日」の形で入力してください。",
        "職員数  「体制」シート D6",
        "3人",
        "12人",
        "運営の形  「体制」シート D16",
        "（空欄）",
        "直営",
    ]
    assert "回答に反映しました" in taken.content.decode()
    assert dict(asked.answers.values_list("field", "value")) == {"staff": 12, "form": "1"}


def test_a_conflict_must_be_chosen(client: Client, asked: Assignment, officer: User) -> None:
    answer(asked, officer, staff="3")
    content = filled(downloaded(client, asked), {("staff", ""): 12})
    answer(asked, person_at(asked.organization), staff="7")
    give_back(client, asked, content)
    there = address(asked, f"uploads/{latest(asked).pk}/")
    page = client.get(there).content.decode()

    unchosen = client.post(f"{there}taking-over/", {"seen": seen(page)}).content.decode()
    chosen = client.post(f"{there}taking-over/", {"seen": seen(page), "choice-staff": "mine"})

    assert "今の回答を残す：7人" in page
    assert "Excelの内容にする：12人" in page
    assert "どちらを残すか選んでください。" in unchosen
    assert (chosen.status_code, asked.answers.get(field="staff").value) == (302, 12)


def test_a_stale_page_is_shown_anew_and_takes_nothing_over(
    client: Client, asked: Assignment, officer: User
) -> None:
    give_back(client, asked, filled(downloaded(client, asked), {("staff", ""): 12}))
    there = address(asked, f"uploads/{latest(asked).pk}/")
    page = client.get(there).content.decode()
    answer(asked, person_at(asked.organization), staff="7")

    again = client.post(f"{there}taking-over/", {"seen": seen(page)})

    assert again.status_code == 409
    assert "この画面を開いた後に回答が変わりました。" in again.content.decode()
    assert "今の回答を残す：7人" in again.content.decode()
    assert asked.answers.get(field="staff").value == 7


def test_a_second_press_is_told_what_happened(
    client: Client, asked: Assignment, officer: User
) -> None:
    give_back(client, asked, filled(downloaded(client, asked), {("staff", ""): 12}))
    there = address(asked, f"uploads/{latest(asked).pk}/")
    token = seen(client.get(there).content.decode())

    first = client.post(f"{there}taking-over/", {"seen": token})
    second = client.post(f"{there}taking-over/", {"seen": token})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "回答に反映しました" in second.content.decode()
    assert asked.answers.get(field="staff").revision == 1


def test_what_is_discarded_changes_nothing(
    client: Client, asked: Assignment, officer: User
) -> None:
    give_back(client, asked, filled(downloaded(client, asked), {("staff", ""): 12}))
    there = address(asked, f"uploads/{latest(asked).pk}/")

    waiting = client.get(address(asked)).content.decode()
    response = client.post(f"{there}discarding/")

    assert "反映していない読込みがあります" in waiting
    assert response.headers["Location"] == address(asked)
    assert "この読込みは破棄されました" in client.get(there).content.decode()
    assert not asked.answers.exists()


def test_an_unchanged_workbook_says_so(client: Client, asked: Assignment, officer: User) -> None:
    give_back(client, asked, downloaded(client, asked))

    page = client.get(address(asked, f"uploads/{latest(asked).pk}/")).content.decode()

    assert "反映する変更はありません" in page
    assert "反映する</button>" not in page


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("回答.xls", b"\xd0\xcf\x11\xe0", "「.xls」の形式のファイルは読み込めません。"),
        ("回答.xlsm", b"PK", "マクロを含む形式（.xlsm）のファイルは読み込めません。"),
        ("回答.ods", b"PK", "「.ods」の形式のファイルは読み込めません。"),
        ("回答", b"PK", "このファイルは読み込めません。"),
        ("回答.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "パスワードが付いているか"),
        ("回答.xlsx", b"text", "示す種類と違います。"),
    ],
)
def test_another_kind_of_file_is_refused_with_what_to_do(
    client: Client, asked: Assignment, officer: User, name: str, content: bytes, message: str
) -> None:
    page = give_back(client, asked, content, name).content.decode()

    assert message in page
    assert not asked.uploads.exists()


def test_another_surveys_workbook_is_refused(
    client: Client, asked: Assignment, officer: User
) -> None:
    with write_book(load_response(assignment()), {}) as other:
        page = give_back(client, asked, other.read()).content.decode()

    assert "別の調査の回答用Excelです。この調査のファイルを選んでください。" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_change_and_for_three(
    client: Client,
    asked: Assignment,
    officer: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cells = {("staff", ""): 12, ("desk", ""): "はい", ("form", ""): "直営"}
    some = dict(list(cells.items())[:count])
    give_back(client, asked, filled(downloaded(client, asked), some))
    there = address(asked, f"uploads/{latest(asked).pk}/")
    client.get(there)

    with django_assert_num_queries(10):
        page = client.get(there).content.decode()

    assert f"変更点（{count}件）" in page
