"""A survey over its pages: answering, submitting, compiling."""

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.e2e.answers import MANUAL, REASON, Entry, Way
from tests.e2e.pages import choice, follow, press

SAVED = re.compile("^保存しました")


def question(page: Page, label: str) -> Locator:
    """The input of a question, by the beginning of its label."""
    return page.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}"))


def cell(page: Page, row: str, column: str) -> Locator:
    """An input of a table, by the headings of its row and column."""
    name = re.compile(rf"^{re.escape(row)}\s*{re.escape(column)}")
    return page.get_by_role("textbox", name=name)


def inputs_of(page: Page, entry: Entry) -> list[Locator]:
    """The inputs that an entry fills or ticks."""
    if entry.way is Way.CHOOSE:
        return [choice(page, entry.label, option) for option in entry.typed.split("；")]
    if entry.way is Way.CELL:
        return [cell(page, *entry.label.split("/"))]
    if entry.way is Way.ATTACH:
        return [page.get_by_role("group", name=entry.label).locator("input[type=file]")]
    return [question(page, entry.label)]


def enter(page: Page, entry: Entry) -> None:
    """Type, choose or attach."""
    for place in inputs_of(page, entry):
        if entry.way is Way.CHOOSE:
            place.check()
        elif entry.way is Way.ATTACH:
            place.set_input_files([MANUAL])
        else:
            place.fill(entry.typed)


def answer(page: Page, entries: Sequence[Entry]) -> None:
    """Enter all; what a condition shows appears by itself, and all is saved by itself."""
    for entry in entries:
        enter(page, entry)
    if entries:
        page.keyboard.press("Tab")
        expect(page.locator("#save-state")).to_have_text(SAVED)


def answer_without_script(page: Page, entries: Sequence[Entry]) -> None:
    """Enter what is there and save, until nothing more appears."""
    left = list(entries)
    while left:
        ready = [entry for entry in left if inputs_of(page, entry)[0].is_visible()]
        assert ready, [entry.label for entry in left]
        for entry in ready:
            enter(page, entry)
        press(page, "保存する")
        left = [entry for entry in left if entry not in ready]


def next_section(page: Page, *, last: bool = False) -> None:
    press(page, "保存して確認画面へ" if last else "保存して次へ")


def explain_and_submit(page: Page) -> None:
    """Give the reason that the one warning asks for, and hand in."""
    page.get_by_label("理由").fill(REASON)
    press(page, "提出する")


def compile_answers(page: Page, title: str, *, asked: int) -> None:
    """Start a compilation from the survey's page and watch it until it is done.

    Its progress counts a response on every sheet that it is written to: ``asked`` at least.
    """
    press(page, "集計表を作成する")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("集計表ができました")).to_be_visible(timeout=30_000)
    written = page.get_by_role("progressbar").get_attribute("max")
    expect(
        page.get_by_text(f"{int(written or 0):,} / {int(written or 0):,}件").first
    ).to_be_visible()
    assert int(written or 0) >= asked


def download_workbook(page: Page) -> tuple[str, bytes]:
    """The finished file: its name and bytes."""
    with page.expect_download() as started:
        follow(page, "ダウンロード")
    return started.value.suggested_filename, started.value.path().read_bytes()
