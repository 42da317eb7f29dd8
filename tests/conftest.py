"""Fixtures for every test: a real browser, and what a failing browser test leaves to look at."""

import os
import uuid
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from tests import databases, spreading

ARTIFACTS = Path(__file__).resolve().parent.parent / "test-artifacts"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=ja"]
NO_CHROMIUM = "Chromium がありません（/usr/bin/chromium または環境変数 CHROMIUM）"
COPIED = pytest.StashKey[str]()
REPORT = pytest.StashKey[pytest.TestReport]()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Where several workers run the tests, their databases are copies of one."""
    if hasattr(request.config, "workeroutput"):
        with django_db_blocker.unblock():
            copied = databases.copy_of_one(tmp_path_factory.getbasetemp().parent)
        request.config.workeroutput["copied"] = copied


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The tests' database, emptied by row after tests that commit."""
    databases.empty_by_row()


def storages_in(place: Path) -> dict[str, Any]:
    """The setting STORAGES with which stored files lie in the folder."""
    given: dict[str, Any] = settings.STORAGES
    options = {"location": place, "base_url": None}
    return {**given, "stored_files": {**given["stored_files"], "OPTIONS": options}}


@pytest.fixture(autouse=True)
def files_root(settings: Settings, tmp_path: Path) -> Path:
    """A folder of stored files that no other test shares; it is made with the first of them."""
    place = tmp_path / "files"
    settings.STORAGES = storages_in(place)
    return place


@pytest.fixture(autouse=True)
def own_counters(settings: Settings) -> None:
    """Counters of failed sign-ins that no other test shares."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once per worker; each test opens profiles of its own in it.

    Playwright keeps an event loop on this thread, in which Django would refuse its ORM; nothing
    else runs on that loop, so that Django may be told to trust us until the browser is closed.
    """
    if not Path(CHROMIUM).exists():
        pytest.skip(NO_CHROMIUM)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """A function that opens an empty page of a fresh profile, as another person's computer has it;
    its arguments are those of Playwright's ``new_context``.

    A failing test leaves a picture of every page in test-artifacts/.
    """
    pages: list[Page] = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", **options)
        page = context.new_page()
        page.set_default_timeout(10_000)
        pages.append(page)
        return page

    yield open_one
    report = request.node.stash.get(REPORT, None)
    for number, page in enumerate(pages, 1):
        if report is not None and report.failed and not page.is_closed():
            ARTIFACTS.mkdir(exist_ok=True)
            page.screenshot(path=ARTIFACTS / f"{request.node.name}-{number}.png", full_page=True)
        page.context.close()


@pytest.fixture
def browser_page(open_page: Callable[..., Page]) -> Page:
    """One empty page."""
    return open_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures see how their test ended."""
    report = yield
    if call.when == "call":
        item.stash[REPORT] = report
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spreading.ByModule:
    """Spread a run as :mod:`tests.spreading` says."""
    config.option.loadscopereorder = False
    return spreading.ByModule(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of real servers run only when asked for: ``./dev test -m services``."""
    spreading.longest_first(items)
    if "services" in config.getoption("markexpr"):
        return
    left_out = [item for item in items if item.get_closest_marker("services")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_testnodedown(node: Any) -> None:
    """Remember, for the end of the run, which database a worker has copied."""
    if copied := getattr(node, "workeroutput", {}).get("copied"):
        node.config.stash[COPIED] = copied


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """All workers have ended: nobody copies any more."""
    if copied := session.config.stash.get(COPIED, ""):
        databases.remove(copied)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly, at the very end, what did not run and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted({report.longrepr[2] for report in skipped})
    for reason in reasons:
        count = sum(report.longrepr[2] == reason for report in skipped)
        terminalreporter.write_sep("!", f"実行していないテスト: {count} 件", yellow=True, bold=True)
        terminalreporter.write_line(reason, yellow=True, bold=True)
