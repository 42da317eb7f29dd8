"""The days of the sample surveys, so that the demo is as lively in a year as it is today."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

WRITTEN_FOR: Final = date(2026, 11, 24)
"""The day on which two of the samples are open and the others closed."""


def moved_along(sample: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The sample with opening and deadline as far from ``today`` as they were from WRITTEN_FOR;
    before that day as they stand.
    """
    later = max(today - WRITTEN_FOR, timedelta())
    days = {name: date.fromisoformat(sample[name]) + later for name in ("open_on", "due_on")}
    return {**sample, **{name: day.isoformat() for name, day in days.items()}}
