"""Finding things on a page as a person does: by label, by role, by what is written."""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

SHOTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "shots"
WIDTHS = (1280, 375)


def field(page: Page, label: str) -> Locator:
    """The input with exactly this label, required or not."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(※必須|任意)?\s*$"))


def choice(page: Page, question: str, option: str) -> Locator:
    """One option of a group of radio buttons or checkboxes."""
    return page.get_by_role("group", name=question).get_by_label(option, exact=True)


def press(page: Page, label: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=label, exact=True).click()


def go(page: Page, label: str) -> None:
    """Choose one of the main pages at the side."""
    page.get_by_role("navigation", name="主なページ").get_by_role("link", name=label).click()


def follow(page: Page, label: str) -> None:
    """Follow the first link of this name in the page's content."""
    page.get_by_role("main").get_by_role("link", name=label, exact=True).first.click()


def cells_of(page: Page, row: str) -> list[str]:
    """What stands in the row of this heading, figure by figure."""
    headed = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=row, exact=True))
    expect(headed).to_be_visible()
    return " ".join(headed.get_by_role("cell").all_inner_texts()).split()


def heading(page: Page, text: str) -> None:
    """Wait for the page whose heading this is."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def picture(page: Page, name: str) -> None:
    """With SHOTS in the environment: the page as a desk and as a telephone show it."""
    if "SHOTS" not in os.environ:
        return
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
    if before:
        page.set_viewport_size(before)
