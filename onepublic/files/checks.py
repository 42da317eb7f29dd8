"""What ``manage.py`` says about the scanner, at every start of it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from onepublic.files.clamav import place_of

NO_SCANNER = Warning(
    "CLAMAV_URL is not set: uploaded files are served without a search for viruses.",
    hint="Set CLAMAV_URL, such as tcp://clamav:3310 (docs/operations.md).",
    id="files.W001",
)


def scanner(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A warning in production without a scanner, an error for an address that is none."""
    if not settings.CLAMAV_URL:
        return [NO_SCANNER] if settings.PRODUCTION else []
    try:
        place_of(settings.CLAMAV_URL)
    except ValueError as error:
        return [Error(f"CLAMAV_URL: {error}", id="files.E001")]
    return []
