"""Japanese era dates as officials write and type them.

Eras by 元号法 and the cabinet orders: 令和 from 2019-05-01, 平成 from 1989-01-08, 昭和 from
1926-12-25. Earlier eras do not occur in the portal's documents.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date

ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
)
WEEKDAYS = "月火水木金土日"

_WRITTEN = re.compile(
    r"(?P<era>令和|平成|昭和|[RHS])\s*(?P<year>元|\d{1,2})\s*(?:年|[./-])\s*"
    r"(?P<month>\d{1,2})\s*(?:月|[./-])\s*(?P<day>\d{1,2})\s*日?",
    re.IGNORECASE,
)
_WRITTEN_YEAR = re.compile(
    r"(?P<era>令和|平成|昭和|[RHS])\s*(?P<year>元|\d{1,2})\s*(?:年度?)?", re.IGNORECASE
)
_WESTERN_YEAR = re.compile(r"(\d{4})\s*(?:年度?)?")
_WESTERN = re.compile(r"(\d{4})\s*(?:年|[./-])\s*(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?")


def era_year(day: date) -> tuple[str, int]:
    """The era's name and the year in it, such as ``("令和", 8)``.

    Raises ValueError for a day before 昭和.
    """
    for name, _, first in ERAS:
        if day >= first:
            return name, day.year - first.year + 1
    raise ValueError(f"{day} is before 昭和")


def wareki(day: date, *, weekday: bool = True) -> str:
    """``令和８年11月23日（月）``: one digit full width, two digits half width, as printed."""
    try:
        era, year = era_year(day)
    except ValueError:
        era, year = "西暦", day.year
    numbers = "元" if year == 1 and era != "西暦" else _printed(year)
    text = f"{era}{numbers}年{_printed(day.month)}月{_printed(day.day)}日"
    return f"{text}（{WEEKDAYS[day.weekday()]}）" if weekday else text


def fiscal_year(day: date) -> int:
    """The western year in which the fiscal year of ``day`` began (April to March)."""
    return day.year if day.month >= 4 else day.year - 1


def wareki_year(year: int) -> str:
    """``令和８年度``: the fiscal year that began in the western ``year``; 令和元年度 for 2019, in
    which the era began in May. ``1925年度`` before 昭和: any day of issue can be typed.
    """
    try:
        era, number = era_year(date(year, 12, 31))
    except ValueError:
        return f"{year}年度"
    return f"{era}{'元' if number == 1 else _printed(number)}年度"


def wareki_calendar_year(year: int) -> str:
    """``令和８年``: the western ``year`` under the era of its last day. ``1925年`` before 昭和."""
    return wareki_year(year).removesuffix("度")


def wareki_month(year: int, month: int) -> str:
    """``令和８年11月``: the month under the era of its last day, as 令和元年５月 has it."""
    last = date(year, month, monthrange(year, month)[1])
    return wareki(last, weekday=False).partition("月")[0] + "月"


def parse_year(text: str) -> int:
    """A year or fiscal year written as ``令和8年``, ``令和8年度``, ``R8`` or ``2026``, as western.

    The last year of an era has two names: 平成31年 and 令和元年 are both 2019. Raises ValueError
    when it is no such year.
    """
    plain = _plain(text)
    if western := _WESTERN_YEAR.fullmatch(plain):
        return date(int(western[1]), 1, 1).year
    written = _WRITTEN_YEAR.fullmatch(plain)
    if written is None:
        raise ValueError(f"not a year: {text[:40]!r}")
    first, following = _era_days(written)
    year = first.year + _year_in_era(written) - 1
    if not first.year <= year <= following.year:
        raise ValueError(f"{year} does not lie in the era")
    return year


def parse_month(text: str) -> tuple[int, int]:
    """A month written as ``令和8年11月``, ``R8.11`` or ``2026-11``, as ``(2026, 11)``.

    A month in which the era changed has two names. Raises ValueError when it is no such month.
    """
    plain = _plain(text).removesuffix("月")
    try:
        day = parse_date(f"{plain}/1")
    except ValueError:
        # The era may have begun after the first day of its first month.
        day = parse_date(f"{plain}/31")
    return day.year, day.month


def parse_date(text: str) -> date:
    """A day written as ``令和8年11月23日``, ``R8.11.23``, ``2026-11-23`` or ``2026/11/23``.

    Full-width digits and spaces are understood. Raises ValueError when it is no such day or
    the day lies outside its era.
    """
    plain = _plain(text)
    plain = re.sub(r"\s*\([月火水木金土日]\)$", "", plain)
    if western := _WESTERN.fullmatch(plain):
        return date(*(int(part) for part in western.groups()))
    if written := _WRITTEN.fullmatch(plain):
        return _from_era(written)
    raise ValueError(f"not a date: {text[:40]!r}")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:40]).strip()


def _from_era(written: re.Match[str]) -> date:
    first, following = _era_days(written)
    year = first.year + _year_in_era(written) - 1
    day = date(year, int(written["month"]), int(written["day"]))
    if not first <= day < following:
        raise ValueError(f"{day} does not lie in the era")
    return day


def _era_days(written: re.Match[str]) -> tuple[date, date]:
    """The first day of the era that was written and of the one after it."""
    index = next(i for i, era in enumerate(ERAS) if written["era"].upper() in era[:2])
    return ERAS[index][2], ERAS[index - 1][2] if index else date.max


def _year_in_era(written: re.Match[str]) -> int:
    return 1 if written["year"] == "元" else int(written["year"])


def _printed(number: int) -> str:
    return chr(ord("０") + number) if number < 10 else str(number)
