"""A form that saves itself: a new notice, a draft, two drafters in two browsers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from notices.models import Notice
from tests.factories.accounts import DivisionFactory
from tests.factories.notices import a_draft, drafter_of
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SAVED = "保存しました"


def open_form(page: Page, live_server: LiveServer, notice: Notice, person: User) -> Page:
    sign_in(page.context, live_server.url, person)
    page.goto(f"{live_server.url}/notices/{notice.pk}/edit/")
    return page


def test_what_is_typed_saves_itself(live_server: LiveServer, browser_page: Page) -> None:
    notice = a_draft()
    page = open_form(browser_page, live_server, notice, notice.created_by)

    page.get_by_label("件名").fill("自動で残る件名")

    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    assert notice.versions.get().title == "自動で残る件名"
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("保存しました。")).to_be_visible()


def test_a_new_notice_becomes_a_draft_while_it_is_typed(
    live_server: LiveServer, browser_page: Page
) -> None:
    page, drafter = browser_page, drafter_of(DivisionFactory.create())
    sign_in(page.context, live_server.url, drafter)
    page.goto(f"{live_server.url}/notices/new/")
    page.get_by_role("textbox", name="件名").fill("書きはじめの件名")
    page.wait_for_url("**/edit/")
    notice = Notice.objects.get()

    page.get_by_label("宛名").fill("各 村長 殿")
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    page.reload()
    kept = page.get_by_role("textbox", name="件名").input_value()
    page.get_by_role("textbox", name="件名").fill("直した件名")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(f"**/notices/{notice.pk}/")

    assert kept == "書きはじめの件名"
    assert Notice.objects.get().versions.get().title == "直した件名"


def test_a_press_beside_the_first_save_makes_one_draft(
    live_server: LiveServer, browser_page: Page
) -> None:
    page, drafter = browser_page, drafter_of(DivisionFactory.create())
    sign_in(page.context, live_server.url, drafter)
    page.goto(f"{live_server.url}/notices/new/")

    with page.expect_request("**/notices/new/text/*"):
        page.get_by_role("textbox", name="件名").fill("急いで書いた件名")
    page.get_by_role("button", name="下書きを保存する").click()

    page.wait_for_url(re.compile(r"/notices/\d+/(draft/)?$"))
    assert Notice.objects.get().versions.get().title == "急いで書いた件名"


def test_the_second_drafter_is_told_and_loses_nothing(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    notice = a_draft()
    other = drafter_of(notice.division)
    first = open_form(open_page(), live_server, notice, notice.created_by)
    second = open_form(open_page(), live_server, notice, other)
    first.get_by_label("件名").fill("一人目の件名")
    expect(first.get_by_role("status").filter(has_text=SAVED)).to_be_visible()

    second.get_by_label("宛名").fill("二人目の宛名")

    expect(second.get_by_text("ほかの人が内容を変更しました。")).to_be_visible()
    assert notice.versions.get().title == "一人目の件名"
    second.get_by_role("button", name="保存する").click()
    expect(second.get_by_label("宛名")).to_have_value("二人目の宛名")
    expect(second.get_by_role("alert")).to_contain_text("この通知が変更されました")


def test_without_the_network_it_says_so_and_saves_later(
    live_server: LiveServer, browser_page: Page
) -> None:
    notice = a_draft()
    page = open_form(browser_page, live_server, notice, notice.created_by)
    page.context.set_offline(True)
    page.get_by_label("件名").fill("圏外で書いた件名")
    expect(page.get_by_text("通信できないため、保存できていません。")).to_be_visible()
    assert notice.versions.get().title == "予防接種の実施について"

    page.context.set_offline(False)

    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    assert notice.versions.get().title == "圏外で書いた件名"
