from datetime import date

import pytest

from onepublic.core.business_days import is_business_day, on_or_after, on_or_before


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 11, 23), False),  # 勤労感謝の日
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
        (date(2026, 9, 22), False),  # 国民の休日 between 敬老の日 and 秋分の日
    ],
)
def test_offices_are_closed_on_weekends_holidays_and_at_the_turn_of_the_year(
    day: date, expected: bool
) -> None:
    assert is_business_day(day) is expected


def test_a_closed_day_leads_to_the_open_days_around_it() -> None:
    holiday = date(2026, 11, 23)

    assert on_or_before(holiday) == date(2026, 11, 20)
    assert on_or_after(holiday) == date(2026, 11, 24)
    assert on_or_before(date(2026, 11, 24)) == on_or_after(date(2026, 11, 24))
