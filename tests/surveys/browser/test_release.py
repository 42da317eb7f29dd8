"""The division releases the results; a town lays its own answers beside them; so does anybody."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Organization
from surveys.models import Release
from tests.face.axe import violations
from tests.factories.accounts import person_at
from tests.factories.releases import closed_survey, towns
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
STAFF = (2, 3, 5, 8, 13, 21)


def test_results_are_released_and_compared(live_server: LiveServer, browser_page: Page) -> None:
    page = browser_page
    places: list[Organization] = towns(len(STAFF))
    survey = closed_survey(*STAFF, organizations=places)
    sign_in(page.context, live_server.url, survey.created_by)

    page.goto(f"{live_server.url}/surveys/managed/{survey.pk}/")
    page.get_by_role("link", name="結果の公表").click()
    page.get_by_role("link", name="公表する内容を選ぶ").click()
    page.get_by_label("結果の活用").fill("研修の計画に用いました。")
    page.get_by_label("ログインせずに見られる").check()
    wrong = violations(page)
    page.get_by_role("button", name="公表される内容を確認する").click()
    expect(page.get_by_text("まだ公表していません")).to_be_visible()
    wrong += violations(page)
    page.get_by_label("公開用のリンクを知る人は").check()
    page.get_by_role("button", name="この内容で公表する").click()
    expect(page.get_by_text("結果を公表しました")).to_be_visible()
    wrong += violations(page)

    page.context.clear_cookies()
    sign_in(page.context, live_server.url, person_at(places[0]))
    page.goto(f"{live_server.url}/surveys/")
    page.get_by_role("link", name="結果を見る").click()
    expect(page.get_by_text("研修の計画に用いました。")).to_be_visible()
    staff = page.locator("table", has_text="職員数").first
    expect(staff.locator("tbody tr")).to_contain_text("2人")
    expect(staff.locator("tbody tr")).to_contain_text("6.5人")
    expect(page.get_by_role("img", name="分布")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "職員数" in download.value.path().read_bytes().decode("utf-8-sig")
    wrong += violations(page)

    page.context.clear_cookies()
    key = Release.objects.get().public_key
    page.goto(f"{live_server.url}/surveys/open/results/{key}/")
    expect(page.get_by_role("heading", name=survey.title)).to_be_visible()
    expect(page.get_by_text("貴機関")).to_have_count(0)
    assert wrong + violations(page) == []
