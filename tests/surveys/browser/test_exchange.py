"""A drafter saves the questionnaire as a workbook, edits it, and takes it back."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from surveys.authoring import find_question
from surveys.authoring.sheets.columns import LABEL
from surveys.models import QuestionnaireRevision
from tests.face.axe import violations
from tests.factories.surveys import draft_survey
from tests.surveys.authoring.sheets.books import put
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_questionnaire_is_edited_in_excel_and_taken_over(
    live_server: LiveServer, browser_page: Page
) -> None:
    page, survey = browser_page, draft_survey()
    sign_in(page.context, live_server.url, survey.created_by)
    page.goto(f"{live_server.url}/surveys/managed/{survey.pk}/questionnaire/")
    page.get_by_role("link", name="ファイルの読込み・保存").click()
    wrong = violations(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excelで保存する（.xlsx）").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    put(book["体制"], 3, 最小="多め", **{LABEL: "職員の数"})

    page.get_by_label("調査票のファイル").set_input_files(_file(book))
    page.get_by_role("button", name="内容を確認する").click()
    expect(page.get_by_role("row", name="15桁以内の数")).to_contain_text("「体制」シート G3")
    wrong += violations(page)
    put(book["体制"], 3, 最小=1)
    page.get_by_label("調査票のファイル").set_input_files(_file(book))
    page.get_by_role("button", name="内容を確認する").click()
    expect(page.get_by_role("heading", name="読み込む内容の確認")).to_be_visible()
    wrong += violations(page)
    page.get_by_role("button", name="この内容に置き換える").click()
    expect(page.get_by_text("ファイルの調査票に置き換えました。")).to_be_visible()

    stored = QuestionnaireRevision.objects.get(survey=survey).document
    staff = find_question(stored, "staff")[1]
    assert (staff["label"], staff["min"], wrong) == ("職員の数", 1, [])


def _file(book: Workbook) -> FilePayload:
    target = BytesIO()
    book.save(target)
    return {"name": "調査票.xlsx", "mimeType": XLSX, "buffer": target.getvalue()}
