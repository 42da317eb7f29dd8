import pytest
from pytest_django import Settings

from onepublic.files.checks import scanner


@pytest.mark.parametrize(
    ("production", "url", "said"),
    [
        (True, "", ["files.W001"]),
        (False, "", []),
        (True, "tcp://clamav:3310", []),
        (True, "unix:///run/clamd.ctl", []),
        (True, "clamav", ["files.E001"]),
        (False, "clamav", ["files.E001"]),
    ],
)
def test_production_warns_without_a_scanner(
    settings: Settings, production: bool, url: str, said: list[str]
) -> None:
    settings.PRODUCTION, settings.CLAMAV_URL = production, url

    assert [message.id for message in scanner(None)] == said
