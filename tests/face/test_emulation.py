"""The style page for keyboards, for other colours, without motion and on paper."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

REACHABLE = """() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const groups = new Set();
  return [...document.querySelectorAll(all)].filter((element) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) return false;
    if (element.tabIndex < 0) return false;
    if (element.type !== "radio") return true;
    const known = groups.has(element.name + element.form?.id + element.closest("fieldset").id);
    groups.add(element.name + element.form?.id + element.closest("fieldset").id);
    return !known;
  }).length;
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const known = element.dataset.met ? "again" : "new";
  element.dataset.met = "yes";
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const ring = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
  return { known, ring, what: element.outerHTML.slice(0, 120) };
}"""
MOTION = """() => [...document.querySelectorAll("*")]
  .filter((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return transitionDuration.split(",").some((t) => parseFloat(t)) || animationName !== "none";
  })
  .map((element) => element.className)"""


@pytest.fixture
def style_page(live_server: LiveServer, browser_page: Page) -> Page:
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.goto(f"{live_server.url}/styleguide/")
    return browser_page


def test_tab_key_reaches_every_control_and_shows_where_it_is(style_page: Page) -> None:
    expected = style_page.evaluate(REACHABLE)
    met = []
    for _ in range(2 * expected):  # a day has three stops
        style_page.keyboard.press("Tab")
        if focused := style_page.evaluate(FOCUSED):
            met.append(focused)

    new = [focused for focused in met if focused["known"] == "new"]
    assert [focused["what"] for focused in new if focused["ring"] < 2] == []
    assert len(new) == expected


def test_forced_colours_leave_numbers_and_edges(style_page: Page) -> None:
    style_page.emulate_media(forced_colors="active")

    fills = style_page.evaluate(
        """() => ["rect.tile-1", "rect.tile-5", ".tile-text-5"]
          .map((name) => getComputedStyle(document.querySelector(`.tile-drawing ${name}`)).fill)"""
    )
    edge = style_page.locator(".button").first.evaluate("e => getComputedStyle(e).borderTopWidth")

    assert fills[0] == fills[1] != fills[2]
    assert edge == "1px"


def test_reduced_motion_is_no_motion(style_page: Page) -> None:
    assert style_page.evaluate(MOTION) != []

    style_page.emulate_media(reduced_motion="reduce")

    assert style_page.evaluate(MOTION) == []


def test_paper_shows_the_content_alone(style_page: Page) -> None:
    style_page.emulate_media(media="print")

    shown = {
        name: style_page.locator(name).first.is_visible()
        for name in ("h1", ".table", ".tile-drawing", ".button", ".breadcrumb", ".tabs", ".footer")
    }

    assert shown == {
        "h1": True,
        ".table": True,
        ".tile-drawing": True,
        ".button": False,
        ".breadcrumb": False,
        ".tabs": False,
        ".footer": False,
    }


def test_paper_keeps_tables_as_tables(style_page: Page) -> None:
    style_page.set_viewport_size({"width": 640, "height": 900})
    style_page.emulate_media(media="print")

    display = style_page.locator(".table-stack").first.evaluate("e => getComputedStyle(e).display")

    assert display == "table"
