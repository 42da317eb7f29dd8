"""The style page in a real browser: it fits, keeps to the policy and can be used by keyboard."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFT = """() => new Promise((tell) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) { total += entry.value; }
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(total), 100);
})"""
CONTROLS = "input:not([type=hidden]), select, textarea, button, a"
UNNAMED = """(controls) => [...document.querySelectorAll(controls)]
  .filter((e) => !(e.labels?.length || e.textContent.trim() || e.getAttribute("aria-label")))
  .map((e) => e.outerHTML)"""
SMALL = """() => [...document.querySelectorAll("button, .nav-link, .tab, summary, .choice")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24)
  .map((e) => e.outerHTML)"""


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_page_fits_its_width(live_server: LiveServer, browser_page: Page, width: int) -> None:
    browser_page.set_viewport_size({"width": width, "height": 900})

    browser_page.goto(f"{live_server.url}/styleguide/")

    assert browser_page.evaluate(OVERFLOW) == 0


def test_page_fits_with_text_twice_as_large(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.goto(f"{live_server.url}/styleguide/")

    browser_page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert browser_page.evaluate(OVERFLOW) == 0


def test_page_is_quiet_still_and_asks_no_other_host(
    live_server: LiveServer, browser_page: Page
) -> None:
    complaints: list[str] = []
    hosts: set[str] = set()
    browser_page.on("console", lambda line: complaints.append(line.text))
    browser_page.on("pageerror", lambda error: complaints.append(str(error)))
    browser_page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))

    browser_page.goto(f"{live_server.url}/styleguide/")

    assert browser_page.evaluate(SHIFT) == 0
    assert complaints == []
    assert hosts == {live_server.url}


def test_every_control_has_a_name_and_room(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(f"{live_server.url}/styleguide/")

    assert browser_page.evaluate(UNNAMED, CONTROLS) == []
    assert browser_page.evaluate(SMALL) == []


def test_first_key_offers_the_way_to_the_content(
    live_server: LiveServer, browser_page: Page
) -> None:
    browser_page.goto(f"{live_server.url}/styleguide/")

    browser_page.keyboard.press("Tab")
    skip = browser_page.locator(":focus")

    assert skip.inner_text() == "本文へ移動"
    assert skip.evaluate("e => getComputedStyle(e).outlineColor") == "rgb(0, 0, 0)"
    browser_page.keyboard.press("Enter")
    assert browser_page.locator(":focus").get_attribute("id") == "main"


def test_refused_page_begins_at_its_errors(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(f"{live_server.url}/styleguide/?errors=1")

    focused = browser_page.locator(":focus")

    assert focused.get_attribute("role") == "alert"
    focused.get_by_role("link").first.click()
    assert browser_page.locator(":focus").get_attribute("name") == "title"


def test_second_press_sends_nothing(live_server: LiveServer, browser_page: Page) -> None:
    browser_page.goto(f"{live_server.url}/styleguide/")

    prevented = browser_page.evaluate(
        """() => {
          const form = document.querySelector("form[method=post]");
          const how = {bubbles: true, cancelable: true};
          const press = () => form.dispatchEvent(new Event("submit", how));
          return [press(), press()].map((sent) => !sent);
        }"""
    )

    assert prevented == [False, True]
