"""Calendar dates, typed in the western or the Japanese calendar."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar, Final
from unicodedata import normalize

from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

# Name, letter and first day, newest first; an era ends the day before the next begins.
_ERAS: Final = (
    ("令和", "R", dt.date(2019, 5, 1)),
    ("平成", "H", dt.date(1989, 1, 8)),
    ("昭和", "S", dt.date(1926, 12, 25)),
    ("大正", "T", dt.date(1912, 7, 30)),
    ("明治", "M", dt.date(1873, 1, 1)),  # the calendar in use since; 明治6年
)
_FIRST_YEARS: Final = {"明治": 1868}
_LONGEST: Final = 40
_DAY = r"(\d{1,2})[-/.月](\d{1,2})日?"
_WESTERN = re.compile(r"(\d{4})[-/.年]" + _DAY, re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_WAREKI = re.compile(r"(令和|平成|昭和|大正|明治|[RHSTM])(元|\d{1,2})[-/.年]" + _DAY, re.ASCII)
_SPACES = re.compile(r"\s+")

NOT_A_DATE: Final = "日付を「2026-11-23」又は「令和8年11月23日」の形で入力してください。"
NO_SUCH_DAY: Final = "この日付は暦にありません。"


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """A day between `earliest` and `latest`, all of them ISO text (YYYY-MM-DD)."""

    earliest: str | None = None
    latest: str | None = None

    kind: ClassVar[ValueKind] = ValueKind.DATE

    def normalise(self, raw: object) -> str:
        """Return the day as ISO text, which sorts and compares as days do."""
        day = read_day(raw).isoformat()
        if self.earliest is not None and day < self.earliest:
            raise InvalidValue(f"{in_wareki(self.earliest)}以後の日付を入力してください。")
        if self.latest is not None and day > self.latest:
            raise InvalidValue(f"{in_wareki(self.latest)}以前の日付を入力してください。")
        return day


def read_day(raw: object) -> dt.date:
    """Return the day that was typed, or that a sheet hands over; raise InvalidValue."""
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        raise InvalidValue(NOT_A_DATE)
    text = _SPACES.sub("", normalize("NFKC", raw)).upper()
    if match := _WESTERN.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(*map(int, match.groups()))
    if match := _WAREKI.fullmatch(text):
        return _day_of_era(*match.groups())
    raise InvalidValue(NOT_A_DATE)


def _day_of_era(era: str, year: str, month: str, day: str) -> dt.date:
    place = next(i for i, names in enumerate(_ERAS) if era in names[:2])
    name, _, begins = _ERAS[place]
    number = 1 if year == "元" else int(year)
    found = _day(_FIRST_YEARS.get(name, begins.year) + number - 1, int(month), int(day))
    if number < 1 or found < begins or (place and found >= _ERAS[place - 1][2]):
        raise InvalidValue(f"{name}{year}年{month}月{day}日は{name}の期間にありません。")
    return found


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise InvalidValue(NO_SUCH_DAY) from None


def in_wareki(iso: str) -> str:
    """Return an ISO day as officials write it: 令和8年11月23日."""
    day = dt.date.fromisoformat(iso)
    for name, _, begins in _ERAS:
        if day >= begins:
            year = day.year - _FIRST_YEARS.get(name, begins.year) + 1
            return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"
