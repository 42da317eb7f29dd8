from datetime import date

import pytest

from onepublic.calendar.due import Due
from onepublic.calendar.months import Month, month_written, weeks_of

TODAY = date(2026, 11, 23)
NOVEMBER = Month(2026, 11)


@pytest.mark.parametrize(
    ("text", "month"), [("2026-02", Month(2026, 2)), ("2099-12", Month(2099, 12))]
)
def test_it_reads_a_month(text: str, month: Month) -> None:
    assert month_written(text, today=TODAY) == month


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-0", "2026-11-01", "1999-12", "2100-01", "２０２６-11", "\0", "9" * 999],
)
def test_anything_else_is_the_current_month(text: str) -> None:
    assert month_written(text, today=TODAY) == NOVEMBER


def test_it_knows_its_days_and_its_name() -> None:
    assert (str(NOVEMBER), NOVEMBER.title) == ("2026-11", "令和８年11月")
    assert (NOVEMBER.first, NOVEMBER.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert Month(2028, 2).last == date(2028, 2, 29)
    assert Month(2019, 5).title == "令和元年５月"


def test_neighbours_cross_the_year_and_end_with_the_calendar() -> None:
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 1).previous == Month(2025, 12)
    assert Month(2000, 1).previous is None
    assert Month(2099, 12).next is None


def test_weeks_run_from_sunday_and_name_holidays() -> None:
    weeks = weeks_of(Month(2026, 5), [], today=TODAY)

    assert [week[0].date.weekday() for week in weeks] == [6] * 6
    assert [(d.date.day, d.holiday) for week in weeks for d in week if d.holiday] == [
        (3, "憲法記念日"),
        (4, "みどりの日"),
        (5, "こどもの日"),
        (6, "憲法記念日 振替休日"),
    ]


def test_a_day_holds_what_is_due_on_it_and_knows_whether_it_is_today() -> None:
    due = Due(date(2026, 11, 23), "通知", "件名", "/", "未確認")

    days = [day for week in weeks_of(NOVEMBER, [due], today=TODAY) for day in week]

    assert [(d.date, d.is_today) for d in days if d.due == [due]] == [(TODAY, True)]
    assert [d.date for d in days if not d.inside] == [date(2026, 12, n) for n in range(1, 6)]
