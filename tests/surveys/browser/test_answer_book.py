"""An officer answers in Excel: download, fill in, give back, look, take over."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from surveys.models import Answer, Assignment
from tests.face.axe import violations
from tests.factories.accounts import person_at
from tests.factories.surveys import answer, assignment
from tests.surveys.answerbook.books import filled
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def stored(asked: Assignment) -> dict[str, object]:
    return dict(Answer.objects.filter(assignment=asked).values_list("field", "value"))


def test_a_response_is_filled_in_offline_and_taken_over(
    live_server: LiveServer, browser_page: Page
) -> None:
    page = browser_page
    asked = assignment()
    person = person_at(asked.organization)
    answer(asked, person, staff="3", desk="true")
    sign_in(page.context, live_server.url, person)

    page.goto(f"{live_server.url}/surveys/assignments/{asked.pk}/")
    page.get_by_role("link", name="Excelで回答する").click()
    wrong = violations(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="回答用Excelをダウンロード").click()
    book = download.value.path().read_bytes()
    content = filled(
        book,
        {
            ("staff", ""): 12,
            ("name", ""): "=総合相談室",
            ("ways", "=1"): "○",
            ("ways", "=2"): "○",
            ("cases.new.m", ""): "多い",
        },
    )
    answer(asked, person_at(asked.organization), staff="7")
    page.get_by_label("入力したExcelファイル").set_input_files(
        {"name": "回答.xlsx", "mimeType": XLSX, "buffer": content}
    )
    page.get_by_role("button", name="読み込む").click()
    expect(page.get_by_role("heading", name="変更点（2件）")).to_be_visible()
    complaint = page.get_by_role("row", name="数字で入力してください。")
    expect(complaint.get_by_role("rowheader")).to_contain_text("「実績」シート D")
    before = stored(asked)
    wrong += violations(page)
    page.get_by_role("button", name="反映する", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("どちらを残すか選んでください。")
    page.get_by_label("Excelの内容にする：12人").check()
    page.get_by_role("button", name="反映する", exact=True).click()
    expect(page.get_by_text("回答に反映しました")).to_be_visible()

    assert download.value.suggested_filename.endswith(".xlsx")
    assert (before, wrong) == ({"staff": 7, "desk": True}, [])
    assert stored(asked) == {
        "staff": 12,
        "desk": True,
        "name": "=総合相談室",
        "ways": ["1", "2"],
    }
