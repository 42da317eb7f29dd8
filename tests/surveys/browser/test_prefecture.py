"""A prefecture checks what its municipalities handed in: return, mend, confirm in bulk."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from surveys.models import Assignment
from surveys.states import PrefecturePart
from tests.factories.accounts import person_at
from tests.factories.surveys import submitted
from tests.surveys.browser.signing_in import sign_in
from tests.surveys.prefecture import Area

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_question_is_returned_mended_and_all_are_confirmed(
    live_server: LiveServer, open_page: Callable[[], Page]
) -> None:
    area = Area(3, prefecture_part=PrefecturePart.CHECK)
    first, *_ = [submitted(one) for one in area.asked]
    prefecture, village = open_page(), open_page()
    sign_in(prefecture.context, live_server.url, area.officer)
    sign_in(village.context, live_server.url, person_at(area.villages[0]))

    _return_one_question(prefecture, f"{live_server.url}/surveys/managed/{area.survey.pk}/", area)
    _mend(village, f"{live_server.url}/surveys/assignments/{first.pk}/")
    _confirm(prefecture, area)

    rows = Assignment.objects.filter(survey=area.survey)
    assert [one.confirmed_by for one in rows] == [area.officer] * 3


def _return_one_question(page: Page, survey: str, area: Area) -> None:
    page.goto(survey)
    page.get_by_role("link", name="管内の市区町村").click()
    page.get_by_role("link", name=area.villages[0].name).click()
    page.get_by_text("差し戻す", exact=True).first.click()
    page.get_by_label(re.compile("差戻しの理由")).fill("数を確かめてください。")
    answer = page.locator(".answer").filter(has_text="職員数")
    answer.get_by_text("この設問に指摘を書く").click()
    answer.get_by_label("指摘").fill("非常勤を除いてください。")
    page.get_by_role("button", name="差し戻す").click()
    expect(page.locator("#main")).to_contain_text("差し戻しました")


def _mend(page: Page, response: str) -> None:
    page.goto(response)
    expect(page.locator("#main")).to_contain_text("差し戻された回答です")
    page.goto(f"{response}sections/s1/")
    question = page.locator("[data-question=staff]")
    expect(question).to_contain_text("非常勤を除いてください。")
    expect(question).to_contain_text("都道府県")
    page.get_by_label("職員数").fill("2")
    page.get_by_role("button", name=re.compile("^保存して")).click()
    page.get_by_role("button", name="提出する").click()
    expect(page.get_by_role("heading", name=re.compile("^提出の控え"))).to_be_visible()


def _confirm(page: Page, area: Area) -> None:
    page.get_by_role("link", name=re.compile(r"^確認待ち\s*[0-9]")).click()
    for village in area.villages[:2]:
        page.get_by_label(village.name, exact=True).check()
    page.get_by_role("button", name="選んだ団体を確認済みにする").click()
    expect(page.locator("#main")).to_contain_text("2団体の回答を確認済みにしました。")
    page.get_by_role("link", name="確認待ちの1団体をまとめて確認済みにする").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1団体の回答を確認済みにしますか")
    page.get_by_role("button", name="確認済みにする").click()
    expect(page.locator("#main")).to_contain_text("1団体の回答を確認済みにしました。")
