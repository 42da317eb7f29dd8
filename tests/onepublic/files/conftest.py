"""A scanner that the portal is configured to ask."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.clamd import Clamd, running


@pytest.fixture
def clamd(settings: Settings) -> Iterator[Clamd]:
    """It listens on a loopback port, which CLAMAV_URL names."""
    with running() as scanner:
        settings.CLAMAV_URL = scanner.url
        yield scanner
