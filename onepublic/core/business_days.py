"""Days on which public offices are open."""

from datetime import date, timedelta

import jpholiday

_YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def is_business_day(day: date) -> bool:
    """No Saturday, Sunday, national holiday or turn of the year.

    Source: 行政機関の休日に関する法律（昭和63年法律第91号）第１条.
    """
    if day.weekday() >= 5 or (day.month, day.day) in _YEAR_END:
        return False
    return not jpholiday.is_holiday(day)


def on_or_before(day: date) -> date:
    """``day`` when it is a business day, otherwise the last one before it."""
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def on_or_after(day: date) -> date:
    """``day`` when it is a business day, otherwise the next one."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day
