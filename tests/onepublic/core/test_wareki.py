from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onepublic.core.wareki import (
    era_year,
    fiscal_year,
    parse_date,
    parse_month,
    parse_year,
    wareki,
    wareki_calendar_year,
    wareki_month,
    wareki_year,
)

FIRST_SHOWA = date(1926, 12, 25)
days = st.dates(min_value=FIRST_SHOWA, max_value=date(2117, 12, 31))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 23), "令和８年11月23日（月）"),
        (date(2019, 5, 1), "令和元年５月１日（水）"),
        (date(2019, 4, 30), "平成31年４月30日（火）"),
        (date(1989, 1, 7), "昭和64年１月７日（土）"),
        (date(1900, 1, 1), "西暦1900年１月１日（月）"),
    ],
)
def test_it_is_written_as_printed(day: date, written: str) -> None:
    assert wareki(day) == written


@given(days)
def test_what_is_written_is_read_back(day: date) -> None:
    assert parse_date(wareki(day)) == day
    assert parse_date(wareki(day, weekday=False)) == day
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "令和8年11月23日",
        "令和８年１１月２３日（月）",
        "R8.11.23",
        "r8/11/23",
        "2026-11-23",
        "2026年11月23日",
    ],
)
def test_it_reads_what_officials_type(text: str) -> None:
    assert parse_date(text) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    ["", "明日", "令和8年13月1日", "平成31年5月1日", "令和0年1月1日", "2026-02-30", "9" * 99],
)
def test_it_refuses_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_date(text)


@given(days)
def test_a_year_of_an_era_grows_by_one_or_starts_anew(day: date) -> None:
    before, after = era_year(day), era_year(day + timedelta(days=1))

    assert after in {before, (before[0], before[1] + 1)} or after[1] == 1


@pytest.mark.parametrize(("day", "year"), [(date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027)])
def test_a_fiscal_year_begins_in_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


@pytest.mark.parametrize(
    ("year", "written"),
    [
        (2026, "令和８年度"),
        (2019, "令和元年度"),
        (1926, "昭和元年度"),
        (1925, "1925年度"),
        (0, "0年度"),
    ],
)
def test_a_fiscal_year_is_written_in_its_era_where_it_has_one(year: int, written: str) -> None:
    assert wareki_year(year) == written


@given(days)
def test_years_and_months_that_are_written_are_read_back(day: date) -> None:
    assert parse_month(wareki_month(day.year, day.month)) == (day.year, day.month)
    assert parse_month(f"{day:%Y-%m}") == (day.year, day.month)
    assert parse_year(wareki_year(day.year)) == day.year
    assert parse_year(wareki_calendar_year(day.year)) == day.year
    assert parse_year(f"{day:%Y}") == day.year


@pytest.mark.parametrize(
    ("month", "written"),
    [
        ((2026, 11), "令和８年11月"),
        ((2019, 4), "平成31年４月"),
        ((2019, 5), "令和元年５月"),
        ((1989, 1), "平成元年１月"),
        ((1900, 1), "西暦1900年１月"),
    ],
)
def test_a_month_is_written_under_the_era_of_its_last_day(
    month: tuple[int, int], written: str
) -> None:
    assert wareki_month(*month) == written


@pytest.mark.parametrize("text", ["令和元年4月", "平成31年5月", "令和8年13月", "11月", "2026", "x"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_month(text)


@pytest.mark.parametrize("text", ["平成32年", "昭和65年", "令和0年", "0000", "8", "大正3年"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_year(text)
