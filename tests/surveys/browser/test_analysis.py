"""Somebody of the ministry splits one question of a survey, and takes the table along."""

import csv
from io import StringIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.states import Kind
from tests.face.axe import violations
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_question_is_split_drawn_and_downloaded(
    live_server: LiveServer, browser_page: Page
) -> None:
    page = browser_page
    kinds = (Kind.CITY, Kind.VILLAGE, Kind.VILLAGE)
    places = [OrganizationFactory.create(kind=kind) for kind in kinds]
    survey = running_survey(*places)
    forms: list[dict[str, Any]] = [{"form": "1"}, {"form": "1"}, {"form": "9", "form__9": "団体"}]
    for place, answers in zip(places, forms, strict=True):
        submitted(assignment_of(survey, place), **answers)
    sign_in(page.context, live_server.url, survey.created_by)

    page.goto(f"{live_server.url}/surveys/managed/{survey.pk}/")
    page.get_by_role("link", name="分析").click()
    page.get_by_label("設問・項目").select_option(label="運営の形")
    page.get_by_label("分け方").select_option(label="団体の種別")
    page.get_by_role("button", name="表示する").click()
    drawing = page.get_by_role("img", name="団体の種別ごとの割合")
    expect(drawing).to_contain_text("回答2団体")
    expect(page.get_by_role("row", name="村")).to_contain_text("1（50.0%）")
    wrong = violations(page)
    page.get_by_label("図に表すもの").select_option(label="「その他」の割合")
    page.get_by_role("button", name="図を変える").click()
    expect(page.get_by_role("img", name="「その他」を選択した団体の割合")).to_be_visible()
    wrong += violations(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    content = download.value.path().read_bytes().decode("utf-8-sig")

    rows = list(csv.reader(StringIO(content, newline="")))
    assert [row[:2] for row in rows] == [
        ["団体の種別", "提出"],
        ["市", "1"],
        ["村", "2"],
        ["全体", "3"],
    ]
    assert wrong == []
