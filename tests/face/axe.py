"""axe-core, the accessibility checker, over a page that a browser shows."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_IS_THERE = "typeof axe === 'object'"
_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html]));
}"""


def violations(page: Page) -> list[str]:
    """What axe finds, all its rules in force, as ``rule: element``; empty when all is well.

    The script goes in through the browser's own door, so the page's policy needs no exception;
    once, however often the page is looked at.
    """
    if not page.evaluate(_IS_THERE):
        page.evaluate(AXE_SCRIPT)
    return [f"{rule}: {html[:160]}" for rule, html in page.evaluate(_RUN)]
