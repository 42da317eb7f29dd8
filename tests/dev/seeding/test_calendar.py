from datetime import date

import pytest

from onepublic.dev.seeding.calendar import WRITTEN_FOR, moved_along

SAMPLE = {"title": "見本", "open_on": "2026-10-20", "due_on": "2026-12-11"}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 1), ("2026-10-20", "2026-12-11")),
        (WRITTEN_FOR, ("2026-10-20", "2026-12-11")),
        (date(2026, 12, 24), ("2026-11-19", "2027-01-10")),
    ],
)
def test_a_survey_stays_as_far_from_today(today: date, expected: tuple[str, str]) -> None:
    moved = moved_along(SAMPLE, today)

    assert (moved["open_on"], moved["due_on"]) == expected
    assert moved["title"] == "見本"
