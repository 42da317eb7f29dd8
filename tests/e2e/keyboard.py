"""Going through a page by keyboard alone; whoever does so must see at every stop where they are."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import choice, heading

FAR = 25  # stops that one may be asked to pass on the way to what one came for
# Of the focused element: has it a ring, and is any of its edges under something else? Of a text
# area, which may be taller than the window, the line of the caret counts.
STOP = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = element.getClientRects()[0] ?? new DOMRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const end = element.tagName === "TEXTAREA" ? box.top + 40 : box.bottom;
  const [top, bottom] = [Math.max(box.top, 0), Math.min(end, innerHeight)];
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const points = [[x, y], [left + 2, y], [right - 2, y], [x, top + 2], [x, bottom - 2]];
  const covered = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return !hit || !(element.contains(hit) || hit.contains(element));
  });
  const name = element.getAttribute("aria-label") || element.name || element.textContent.trim();
  return { name: `${element.tagName} ${name.slice(0, 30)}`, ring, covered };
}"""
IS_FOCUSED = "(element) => element === document.activeElement"


def assert_seen(page: Page) -> str:
    """The focused element has a ring and lies under nothing; returns what it is."""
    stop = page.evaluate(STOP)
    assert stop == {"name": stop["name"], "ring": True, "covered": False}, stop
    return str(stop["name"])


def step(page: Page, key: str = "Tab") -> str:
    """Go on by one stop, which is seen; returns what it is."""
    page.keyboard.press(key)
    return assert_seen(page)


def tab_to(page: Page, target: Locator, *, within: int = FAR, key: str = "Tab") -> None:
    """Press Tab until the target has the focus; each stop on the way is seen."""
    expect(target).to_be_visible()
    for _ in range(within):
        step(page, key)
        if target.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"{target} is not reached within {within} stops")


def press(page: Page, target: Locator, *, within: int = FAR) -> None:
    """Go to a button or link and press it."""
    tab_to(page, target, within=within)
    page.keyboard.press("Enter")


def skip_to_content(page: Page) -> None:
    """The first stop of a page leads past its head."""
    press(page, page.get_by_role("link", name="本文へ移動"), within=1)
    expect(page.locator("#main")).to_be_focused()


def arrive(page: Page, title: str) -> None:
    """Wait for the page and go to its content."""
    heading(page, title)
    page.wait_for_load_state()
    skip_to_content(page)


def told(page: Page, text: str) -> None:
    """The page begins with this news, and it has the focus."""
    news = page.locator("#messages .banner")
    expect(news).to_contain_text(text)
    expect(news).to_be_focused()
    assert_seen(page)


def type_into(page: Page, target: Locator, text: str) -> None:
    tab_to(page, target)
    page.keyboard.type(text)
    expect(target).to_have_value(text)


def tick(page: Page, box: Locator) -> None:
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def pick(page: Page, question: str, option: str) -> None:
    """One of several radio buttons: Space takes the first, arrows go on."""
    wanted = choice(page, question, option)
    tab_to(page, page.get_by_role("group", name=question).get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(FAR):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
        assert_seen(page)
    raise AssertionError(f"{option} is not reached by arrows")
