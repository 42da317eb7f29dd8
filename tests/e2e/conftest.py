"""A running portal: web server, worker, beat, a post box, and computers for several people."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.world import World, build_world
from tests.faults.station import Station
from tests.smtp_sink import SmtpSink, smtp_sink

expect.set_options(timeout=10_000)  # a machine that runs the whole suite on both cores is slow


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def post_box() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def station(
    transactional_db: None,
    live_server: LiveServer,
    post_box: SmtpSink,
    files_root: Path,
    tmp_path: Path,
) -> Iterator[Station]:
    """A real worker and beat, not yet started; they look for due work every second."""
    station = Station(tmp_path, smtp_port=post_box.port)
    station.environment |= {"PORTAL_URL": live_server.url, "FILES_ROOT": str(files_root)}
    yield station
    station.stop()


@pytest.fixture
def workers(station: Station) -> Station:
    """The same, at work."""
    station.start()
    return station


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained of: errors of scripts, and what the security policy stopped."""
    return []


@pytest.fixture
def desk(
    open_page: Callable[..., Page], live_server: LiveServer, complaints: list[str]
) -> Callable[..., Page]:
    """A function that opens the portal's address on a computer of its own."""

    def sit_down(**options: object) -> Page:
        page = open_page(base_url=live_server.url, **options)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: _note(complaints, line.text))
        return page

    return sit_down


def _note(complaints: list[str], line: str) -> None:
    if "Content Security Policy" in line:
        complaints.append(line)
