"""The letter beside its form, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from notices.models import Notice
from tests.factories.notices import a_draft
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def open_form(page: Page, live_server: LiveServer) -> Notice:
    notice = a_draft(body="　元の本文")
    sign_in(page.context, live_server.url, notice.created_by)
    page.goto(f"{live_server.url}/notices/{notice.pk}/edit/")
    return notice


def test_the_letter_follows_what_is_typed(live_server: LiveServer, browser_page: Page) -> None:
    open_form(browser_page, live_server)
    sheet = browser_page.get_by_role("group", name="プレビュー")
    expect(sheet.locator(".letter-body")).to_have_text("　元の本文")

    browser_page.get_by_label("件名").fill("新しい件名")
    browser_page.get_by_label("本文", exact=True).fill(
        "　**重要**\n\n記\n\n１　期日\n\n|区分|数|\n|-|-|\n|県|47|\n"
    )

    expect(sheet.get_by_role("heading", name="新しい件名")).to_be_visible()
    expect(sheet.get_by_role("cell", name="47")).to_be_visible()
    expect(sheet.locator("strong")).to_have_text("重要")
    middle = sheet.locator(".line-centre")
    assert middle.evaluate("e => getComputedStyle(e).textAlign") == "center"


def test_the_other_tab_shows_it_and_the_form_can_still_be_saved(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    notice = open_form(page, live_server)
    page.get_by_label("件名").fill("新しい件名")

    with page.context.expect_page() as other:
        page.get_by_role("button", name="プレビューを別のタブで開く").click()
    expect(other.value.get_by_role("heading", name="新しい件名")).to_be_visible()
    page.get_by_role("button", name="保存する").click()

    expect(page.get_by_text("保存しました。")).to_be_visible()
    assert notice.versions.get().title == "新しい件名"


def test_without_script_the_button_shows_it(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    open_form(page, live_server)

    with page.context.expect_page() as other:
        page.get_by_role("button", name="プレビューを別のタブで開く").click()

    expect(other.value.locator(".letter-body")).to_have_text("　元の本文")


def test_paper_shows_addresses_of_links_and_no_frame(
    live_server: LiveServer, browser_page: Page
) -> None:
    notice = a_draft(body="[手引き](https://example.jp/guide)")
    sign_in(browser_page.context, live_server.url, notice.created_by)
    browser_page.goto(f"{live_server.url}/notices/{notice.pk}/print/")

    browser_page.emulate_media(media="print")

    link = browser_page.get_by_role("link", name="手引き")
    address = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert "example.jp/guide" in address or "attr(href)" in address
    expect(browser_page.get_by_role("banner")).to_be_hidden()
    expect(browser_page.get_by_text("ブラウザの印刷機能")).to_be_hidden()
