"""Parts that a script makes more comfortable: with it, and without."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, UserFactory
from tests.matrix.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def style_page(live_server: LiveServer, browser_page: Page) -> Page:
    browser_page.goto(f"{live_server.url}/styleguide/")
    return browser_page


@pytest.fixture
def plain_page(live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """The style page in a browser that runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/styleguide/")
        yield page


def sign_in(page: Page, user: User, server: LiveServer) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": server.url}]
    )


def test_calendar_writes_the_day_as_officials_do(style_page: Page) -> None:
    style_page.locator(".date:has(#part-date) .date-picker").evaluate(
        """(picker) => {
          picker.value = "2027-01-05";
          picker.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )

    expect(style_page.locator("#part-date")).to_have_value("令和９年１月５日")
    expect(style_page.locator("#part-date")).to_be_focused()


def test_day_is_typed_where_no_script_runs(plain_page: Page) -> None:
    assert plain_page.locator("#part-date").is_editable()
    assert not plain_page.locator(".date-open").first.is_visible()


def test_organization_is_found_and_taken_by_keyboard(
    live_server: LiveServer, style_page: Page
) -> None:
    prefecture = PrefectureFactory.create(name="甲県", code="990001")
    for code, name in [("123451", "緑市"), ("123469", "緑町")]:
        OrganizationFactory.create(code=code, name=name, kind="city", prefecture=prefecture)
    sign_in(style_page, UserFactory.create(), live_server)
    field = style_page.get_by_role("combobox", name="回答する機関")

    field.press_sequentially("緑")
    labels = style_page.locator(".combobox-option > :first-child")
    expect(labels).to_have_text(["甲県緑市", "甲県緑町"])
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "part-organization_option_1")
    field.press("Enter")

    expect(field).to_have_value("甲県緑町（123469）")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_escape_puts_the_proposals_away(live_server: LiveServer, style_page: Page) -> None:
    OrganizationFactory.create(name="緑村")
    sign_in(style_page, UserFactory.create(), live_server)
    field = style_page.get_by_role("combobox", name="回答する機関")

    field.press_sequentially("緑")
    option = style_page.locator(".combobox-option")
    expect(option).to_be_visible()
    field.press("Escape")

    expect(option).to_be_hidden()
    expect(field).to_have_value("緑")


def test_dangerous_act_is_asked_about_and_can_be_left(style_page: Page) -> None:
    opener = style_page.get_by_role("link", name="調査を中止する")

    opener.press("Enter")

    dialog = style_page.get_by_role("dialog", name="この調査を中止しますか")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="やめる")).to_be_focused()
    style_page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_without_script_the_link_leads_to_the_page_that_asks(plain_page: Page) -> None:
    plain_page.get_by_role("link", name="調査を中止する").click()

    assert plain_page.url.endswith("#acts")
    assert not plain_page.locator("dialog").is_visible()


def test_toast_stays_until_it_is_closed(style_page: Page) -> None:
    style_page.evaluate(
        """() => ["一つ目", "<b>二つ目</b>"].forEach((text) =>
          document.dispatchEvent(new CustomEvent("toast", { detail: { text } })))"""
    )
    toasts = style_page.locator(".toasts-corner .toast-text")

    expect(toasts).to_have_text(["一つ目", "<b>二つ目</b>"])
    expect(style_page.locator(".toasts-corner")).to_have_attribute("role", "status")
    style_page.locator(".toasts-corner").get_by_role("button").first.click()
    expect(toasts).to_have_text(["<b>二つ目</b>"])
    expect(style_page.locator(".toasts-corner").get_by_role("button")).to_be_focused()


def test_large_file_is_refused_before_it_is_sent(style_page: Page) -> None:
    sent: list[str] = []
    style_page.on("request", lambda request: sent.append(request.method))
    field = style_page.locator("#id_attachment")
    field.evaluate("field => { field.dataset.maxBytes = '1048576' }")

    field.set_input_files({"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2**21})
    style_page.get_by_role("button", name="確認へ進む").first.click()

    words = style_page.locator("#div_id_attachment .upload-words")
    expect(words).to_have_text("「大.pdf」は2.0MBあります。1ファイル1.0MBまで送信できます。")
    assert "POST" not in sent


def test_file_arrives_and_the_answer_replaces_the_page(
    live_server: LiveServer, browser_page: Page, world: World
) -> None:
    sign_in(browser_page, world.people["drafter"], live_server)
    browser_page.goto(f"{live_server.url}/notices/{world.draft.pk}/attachments/")
    asked_for: list[str] = []
    browser_page.on("request", lambda request: asked_for.append(request.resource_type))

    browser_page.locator("input[type=file]").set_input_files(
        {"name": "別紙２.txt", "mimeType": "text/plain", "buffer": "本文".encode()}
    )
    browser_page.get_by_role("button", name="添付する").click()

    expect(browser_page.get_by_role("link", name="別紙２.txt")).to_be_visible()
    assert "document" not in asked_for


def test_refused_file_is_told_and_stays_chosen(style_page: Page) -> None:
    field = style_page.locator("#id_attachment")
    field.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})

    style_page.get_by_role("button", name="確認へ進む").first.click()

    words = style_page.locator("#div_id_attachment .upload-words")
    expect(words).to_have_text(
        "送信できませんでした（エラー番号 405）。この方法では開けません。ファイルは選んだままです。"
    )
    assert field.evaluate("field => field.files.length") == 1


def test_order_of_a_table_is_a_link(style_page: Page) -> None:
    table = style_page.get_by_role("table", name="都道府県別の確認状況")

    table.get_by_role("link", name="確認済み").click()

    heads = table.get_by_role("columnheader")
    assert [head.get_attribute("aria-sort") for head in heads.all()] == [
        "none",
        "none",
        "ascending",
        None,
    ]
    expect(table.locator("tbody tr td:first-child")).to_have_text(["沖縄県", "東京都", "北海道"])
