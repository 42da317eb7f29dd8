"""Days in a document."""

import datetime as dt
import re

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def iso_day(raw: object) -> str | None:
    """Return the day as it is written (YYYY-MM-DD), None when it is no day."""
    if not isinstance(raw, str) or not _ISO.fullmatch(raw):
        return None
    try:
        dt.date.fromisoformat(raw)
    except ValueError:
        return None
    return raw
