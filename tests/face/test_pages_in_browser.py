"""Every page in every role as a browser shows it: accessible, quiet, within its width."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.face.axe import violations
from tests.face.pages import every_page, every_shape
from tests.matrix.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 768, 1280)
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
MISSING = "/nowhere/"  # the browser itself notes a 404 in its log

SignIn = Callable[[str], Page]


@pytest.fixture
def sign_in(live_server: LiveServer, browser: Browser, world: World) -> Iterator[SignIn]:
    """A window for each actor, opened when first asked for, in a profile of its own."""
    windows: dict[str, Page] = {}

    def signed_in(actor: str) -> Page:
        if actor not in windows:
            context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
            if actor != "anonymous":
                client = Client()
                client.force_login(world.people[actor])
                name = settings.SESSION_COOKIE_NAME
                cookie = {"name": name, "value": client.cookies[name].value}
                context.add_cookies([{**cookie, "url": live_server.url}])  # type: ignore[typeddict-item]
            windows[actor] = context.new_page()
        return windows[actor]

    yield signed_in
    for page in windows.values():
        page.context.close()


def listen(page: Page, origin: str, log: list[str]) -> None:
    """Note what the page complains of, and requests that leave the portal."""
    page.on("console", lambda line: log.append(f"{page.url}: {line.text}"))
    page.on("pageerror", lambda error: log.append(f"{page.url}: {error}"))
    page.on("request", lambda r: None if r.url.startswith(origin) else log.append(r.url))


def look_at(page: Page) -> list[str]:
    """What is wrong at each width, and at the last with text of twice its size."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {wrong}" for wrong in violations(page)]
        found += [f"{width}: wider than its window"] * page.evaluate(TOO_WIDE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return found + ["large text: wider than its window"] * page.evaluate(TOO_WIDE)


def test_every_page(live_server: LiveServer, world: World, sign_in: SignIn) -> None:
    """Each actor stays in one window: a new one would cost as much as a look."""
    found: dict[tuple[str, str], list[str]] = {}
    logs: dict[str, list[str]] = {}
    for address in every_shape(every_page(world)):
        page = sign_in(address.actor)
        if address.actor not in logs:
            logs[address.actor] = []
            listen(page, live_server.url, logs[address.actor])
        page.goto(f"{live_server.url}{address.url}")
        log = logs[address.actor]
        if address.url == MISSING:
            log.clear()
        if wrong := look_at(page) + log:
            found[address.actor, address.url] = wrong
        log.clear()

    assert found == {}


def test_axe_and_the_log_see_what_is_wrong(live_server: LiveServer, browser_page: Page) -> None:
    log: list[str] = []
    listen(browser_page, live_server.url, log)
    browser_page.goto(f"{live_server.url}/browsers/")

    browser_page.evaluate(
        """() => {
          const main = document.getElementById("main");
          main.innerHTML += '<img src="https://elsewhere.example/x.png"><input>';
          const inline = document.createElement("script");
          inline.textContent = "1";
          main.append(inline);
        }"""
    )

    assert {found.split(":")[0] for found in violations(browser_page)} == {"image-alt", "label"}
    assert any("Content Security Policy" in line for line in log)
