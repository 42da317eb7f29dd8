"""A month as a page shows it: its weeks from Sunday, its holidays, its neighbours."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import jpholiday

from onepublic.calendar.due import Due
from onepublic.core.wareki import wareki

FIRST_YEAR, LAST_YEAR = 2000, 2099
_SUNDAY_FIRST = calendar.Calendar(firstweekday=calendar.SUNDAY)
_WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    """A month between 2000 and 2099."""

    year: int
    number: int

    def __str__(self) -> str:
        """As in an address: ``2026-11``."""
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def title(self) -> str:
        """``令和８年11月``."""
        return wareki(self.first, weekday=False).removesuffix("１日")

    @property
    def previous(self) -> "Month | None":
        return self._moved(-1)

    @property
    def next(self) -> "Month | None":
        return self._moved(1)

    def _moved(self, months: int) -> "Month | None":
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1) if FIRST_YEAR <= year <= LAST_YEAR else None


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the month and what is due on it; ``inside`` is false beside the month."""

    date: date
    inside: bool
    is_today: bool
    holiday: str
    due: list[Due]


def month_written(text: str, *, today: date) -> Month:
    """The month written as ``2026-11``; the month of ``today`` for anything else."""
    written = _WRITTEN.fullmatch(text)
    if written and FIRST_YEAR <= int(written[1]) <= LAST_YEAR:
        return Month(int(written[1]), int(written[2]))
    return Month(today.year, today.month)


def weeks_of(month: Month, due: Iterable[Due], *, today: date) -> list[list[Day]]:
    """Weeks from Sunday to Saturday; days beside the month are there to fill their weeks.

    Holidays are those of 国民の祝日に関する法律, with 振替休日 and 国民の休日.
    """
    holidays = dict(jpholiday.month_holidays(month.year, month.number))
    by_day: dict[date, list[Due]] = {}
    for one in due:
        by_day.setdefault(one.day, []).append(one)
    weeks = _SUNDAY_FIRST.monthdatescalendar(month.year, month.number)
    return [
        [
            Day(
                date=day,
                inside=day.month == month.number,
                is_today=day == today,
                holiday=holidays.get(day, ""),
                due=by_day.get(day, []),
            )
            for day in week
        ]
        for week in weeks
    ]
