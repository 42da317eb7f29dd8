import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from surveys.authoring import written_file
from tests.factories.surveys import draft_survey
from tests.surveys.authoring.sheets.books import book_of, put
from tests.surveys.authoring.xlsform.forms import survey
from tests.surveys.questionnaire.building import SAMPLES
from tests.surveys.views.builder.desk import Desk

pytestmark = pytest.mark.django_db


def other_book(title: str = "名簿") -> bytes:
    """A workbook of another kind."""
    book, target = Workbook(), BytesIO()
    book.create_sheet(title)["A1"] = "氏名"
    book.save(target)
    return target.getvalue()


def bomb() -> bytes:
    """A workbook of which a part unpacks to a thousand times its size."""
    target = BytesIO(other_book())
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zero.bin", bytes(30_000_000))
    return target.getvalue()


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def given(desk: Desk, content: bytes, name: str = "調査票.json") -> Any:
    return desk.post("import/", {"file": SimpleUploadedFile(name, content)})


def held(response: Any) -> str:
    """What the confirmation would send."""
    return str(response.context["form"].initial["held"])


def confirmed(desk: Desk, held: str, *, edit: int | None = None) -> Any:
    seen = desk.revision().edit if edit is None else edit
    return desk.post("import/taking-over/", {"held": held, "revision": seen})


def test_the_file_holds_the_questions_under_the_survey_s_name(desk: Desk) -> None:
    response = desk.client.get(desk.address + "file/")

    assert json.loads(response.content)["sections"] == desk.revision().document["sections"]
    assert "filename*=utf-8''%E8%AA%BF%E6%9F%BB%E7%A5%A8_" in response["Content-Disposition"]


def test_a_file_is_shown_before_it_replaces_the_questions_and_undo_brings_them_back(
    desk: Desk,
) -> None:
    before = desk.ids()

    shown = given(desk, written_file(SAMPLES[0], "見本").encode())
    meanwhile = desk.ids()
    response = confirmed(desk, held(shown))
    after = desk.ids()
    desk.step("undo")

    assert (shown.status_code, meanwhile, response.status_code) == (200, before, 302)
    assert f"いまの調査票からなくなる設問（{len(before)}問）" in shown.content.decode()
    assert after == [q["id"] for s in SAMPLES[0]["sections"] for q in s["questions"]]
    assert desk.ids() == before


def test_the_workbook_of_a_draft_reads_back_as_it_was(desk: Desk) -> None:
    book = desk.client.get(desk.address + "file/sheets/").getvalue()

    shown = given(desk, book, "調査票.xlsx")

    document = desk.revision().document
    assert json.loads(held(shown)) == {"sections": document["sections"], "rules": document["rules"]}


def test_a_form_shows_what_it_leaves_out_before_anything_is_taken_over(desk: Desk) -> None:
    content = survey(
        {"type": "text", "name": "who", "label": "担当者", "constraint": "string-length(.) < 9"},
        {"type": "geopoint", "name": "place", "label": "位置"},
    )

    shown = given(desk, content, "form.xlsx")
    confirmed(desk, held(shown))

    assert [slip.place for slip in shown.context["incoming"].left_out] == ["「survey」シート A3"]
    assert "取り込まないもの、変えて取り込むもの（1件）" in shown.content.decode()
    assert desk.question("who") == {
        "id": "who",
        "type": "text",
        "label": "担当者",
        "required": False,
        "max_length": 8,
    }


def test_the_form_of_a_draft_can_be_read_again(desk: Desk) -> None:
    book = desk.client.get(desk.address + "file/xlsform/").getvalue()

    shown = given(desk, book, "form.xlsx")

    assert shown.context["incoming"].form == "XLSForm"
    assert shown.context["comparison"].removed == ["「相談件数」"]  # a table, cell by cell there


def test_mistakes_in_a_workbook_are_listed_and_nothing_is_offered(desk: Desk) -> None:
    def change(book: Workbook) -> None:
        put(book["体制"], 3, 最小="多め", 必須="○")

    response = given(desk, book_of(desk.revision().document, change), "調査票.xlsx")

    assert response.status_code == 422
    assert [slip.place for slip in response.context["slips"]] == [
        "「体制」シート E3",
        "「体制」シート G3",
    ]
    assert "誤りが2か所あるため、読み込めません。" in response.content.decode()


def test_what_was_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    shown = given(desk, written_file(SAMPLES[0], "見本").encode())
    edit = desk.revision().edit
    desk.step("duplicate staff")
    before = desk.ids()

    response = confirmed(desk, held(shown), edit=edit)

    assert response.status_code == 409
    assert "この画面を開いた後に" in response.content.decode()
    assert desk.ids() == before


@pytest.mark.parametrize("sent", ["", "{", "[]", '{"sections": 1, "rules": []}', "[" * 100_000])
def test_a_confirmation_that_was_tampered_with_changes_nothing(desk: Desk, sent: str) -> None:
    before = desk.revision().document

    response = confirmed(desk, sent)

    assert response.status_code == 409
    assert "もう一度ファイルを選んでください。" in response.content.decode()
    assert desk.revision().document == before


def test_a_confirmation_is_judged_like_any_other_step(desk: Desk) -> None:
    sent = '{"sections": [{"id": "s", "title": "t", "questions": [{"id": "q"}]}], "rules": []}'

    response = confirmed(desk, sent)

    assert response.status_code == 409
    assert "設問の型" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"{", "JSONとして読み取れません（1行目の2文字目）。"),
        (
            "a.json",
            b'{"sections": [{"id": "s", "title": "t", "questions": [{"id": "q"}]}]}',
            "設問の型「（文字以外）」はありません。",
        ),
        ("a.json", b" " * 2_000_001, "ファイルが大きすぎます。2MBまでのファイルを選んでください。"),
        ("a.pdf", b"%PDF-1.7", "この種類のファイルは読み込めません。"),
        ("a.xlsx", b"abc", "Excelブック（.xlsx）として読み取れませんでした。"),
        (
            "a.xls",
            bytes.fromhex("d0cf11e0a1b11ae1"),
            "古い形式（.xls）のファイル",
        ),
        ("a.xlsx", bomb(), "ファイルの内容が大きすぎるため、読み取れません。"),
        ("a.xlsx", other_book(), "調査票のExcelとして読み取れませんでした。"),
        ("a.xlsx", other_book("_onepublic"), "回答用Excelです。"),
    ],
)
def test_a_bad_file_changes_nothing_and_says_why(
    desk: Desk, name: str, content: bytes, words: str
) -> None:
    before = desk.revision().document

    response = given(desk, content, name)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert desk.revision().document == before
