"""Pasting into the body, with the clipboard of a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.notices import a_draft
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

CLIPBOARD = Path(__file__).parents[1] / "body" / "clipboard"
COPY = """async ([html, plain]) => {
  const item = (text, type) => new Blob([text], { type });
  await navigator.clipboard.write([new ClipboardItem({
    "text/html": item(html, "text/html"), "text/plain": item(plain, "text/plain"),
  })]);
}"""
# The browser cleans what a page copies; only a program of its own brings Word's styles.
PASTE = """(area, html) => {
  const held = new DataTransfer();
  held.setData("text/html", html);
  held.setData("text/plain", "文字だけ");
  const options = { clipboardData: held, bubbles: true, cancelable: true };
  area.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def body(live_server: LiveServer, browser_page: Page) -> Locator:
    notice = a_draft(body="前後")
    context = browser_page.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(context, live_server.url, notice.created_by)
    browser_page.goto(f"{live_server.url}/notices/{notice.pk}/edit/")
    area = browser_page.get_by_label("本文", exact=True)
    area.evaluate("area => { area.focus(); area.setSelectionRange(1, 1); }")
    return area


def test_a_table_comes_in_at_the_cursor_and_goes_with_one_undo(
    browser_page: Page, body: Locator
) -> None:
    html = "<table><tr><td>県</td><td>数</td></tr><tr><td>東京</td><td>62</td></tr></table>"
    browser_page.evaluate(COPY, [html, "県\t数\n東京\t62"])

    browser_page.keyboard.press("Control+v")
    expect(body).to_have_value("前| 県 | 数 |\n| --- | --: |\n| 東京 | 62 |後")

    browser_page.keyboard.press("Control+z")
    expect(body).to_have_value("前後")


def test_lists_of_word_are_lists_in_the_preview(browser_page: Page, body: Locator) -> None:
    body.fill("")

    body.evaluate(PASTE, (CLIPBOARD / "word.html").read_text())

    expect(body).to_have_value((CLIPBOARD / "word.md").read_text().rstrip("\n"))
    sheet = browser_page.get_by_role("group", name="プレビュー")
    expect(
        sheet.get_by_role("listitem").filter(has_text="様式は別紙様式による。").last
    ).to_be_visible()
    expect(sheet.get_by_role("columnheader", name="改正後")).to_be_visible()


def test_without_a_network_the_plain_text_comes_in(browser_page: Page, body: Locator) -> None:
    browser_page.context.set_offline(True)

    body.evaluate(PASTE, "<table><tr><td>県</td></tr></table>")

    expect(body).to_have_value("前文字だけ後")


def test_plain_text_stays_with_the_browser(browser_page: Page, body: Locator) -> None:
    requests: list[str] = []
    browser_page.on("request", lambda request: requests.append(request.url))
    browser_page.evaluate(COPY, ["<p>一</p>", "一\n二"])

    browser_page.keyboard.press("Control+v")

    expect(body).to_have_value("前一\n二後")
    assert [url for url in requests if url.endswith("/pasted/")] == []
