"""axe-core, the accessibility checker, over a page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def violations(page: Page) -> list[str]:
    """What axe finds, all its rules in force, as ``rule: element``; empty when all is well.

    The script goes in through the browser's own door, so the page's policy needs no exception.
    """
    found = _AXE.run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
