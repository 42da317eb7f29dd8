"""Japanese era dates as officials write and type them.

Eras by 元号法 and the cabinet orders: 令和 from 2019-05-01, 平成 from 1989-01-08, 昭和 from
1926-12-25. Earlier eras do not occur in the portal's documents.
"""

import re
import unicodedata
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


def parse_date(text: str) -> date:
    """A day written as ``令和8年11月23日``, ``R8.11.23``, ``2026-11-23`` or ``2026/11/23``.

    Full-width digits and spaces are understood. Raises ValueError when it is no such day or
    the day lies outside its era.
    """
    plain = unicodedata.normalize("NFKC", text[:40]).strip()
    plain = re.sub(r"\s*\([月火水木金土日]\)$", "", plain)
    if western := _WESTERN.fullmatch(plain):
        return date(*(int(part) for part in western.groups()))
    if written := _WRITTEN.fullmatch(plain):
        return _from_era(written)
    raise ValueError(f"not a date: {text[:40]!r}")


def _from_era(written: re.Match[str]) -> date:
    index = next(i for i, era in enumerate(ERAS) if written["era"].upper() in era[:2])
    first = ERAS[index][2]
    year = 1 if written["year"] == "元" else int(written["year"])
    day = date(first.year + year - 1, int(written["month"]), int(written["day"]))
    following = ERAS[index - 1][2] if index else date.max
    if not first <= day < following:
        raise ValueError(f"{day} does not lie in {ERAS[index][0]}")
    return day


def _printed(number: int) -> str:
    return chr(ord("０") + number) if number < 10 else str(number)
