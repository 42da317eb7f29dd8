import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.surveys.browser.desk import Desk


@pytest.fixture
def desk(live_server: LiveServer, browser_page: Page) -> Desk:
    """A drafter of a village that was asked."""
    return Desk(live_server, browser_page)
