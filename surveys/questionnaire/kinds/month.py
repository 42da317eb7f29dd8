"""Months of a year, typed in the western or the Japanese calendar."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar, Final

from onepublic.core.wareki import parse_month, wareki_month
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

_LONGEST: Final = 40
_ISO = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
NOT_A_MONTH: Final = "年月を、「令和8年11月」又は「2026-11」の形で入力してください。"


@dataclass(frozen=True, slots=True)
class MonthAnswer:
    """A month from `earliest` to `latest`, all of them YYYY-MM."""

    earliest: str | None = None
    latest: str | None = None

    kind: ClassVar[ValueKind] = ValueKind.MONTH

    def normalise(self, raw: object) -> str:
        """Return the month as YYYY-MM, which sorts and compares as months do.

        A sheet turns 2026-11 into the first day of that month; that is read, too.
        """
        month = iso_month(raw) or _month(raw)
        if self.earliest is not None and month < self.earliest:
            raise InvalidValue(f"{month_in_wareki(self.earliest)}以後の年月を入力してください。")
        if self.latest is not None and month > self.latest:
            raise InvalidValue(f"{month_in_wareki(self.latest)}以前の年月を入力してください。")
        return month


def iso_month(raw: object) -> str | None:
    """Return the month as it is written (YYYY-MM), None when it is no month."""
    if not isinstance(raw, str) or not _ISO.fullmatch(raw) or raw.startswith("0000"):
        return None
    return raw


def month_in_wareki(month: str) -> str:
    """Return a month (YYYY-MM) as officials print it: 令和８年11月."""
    return wareki_month(int(month[:4]), int(month[5:]))


def _month(raw: object) -> str:
    if isinstance(raw, dt.date):
        return raw.isoformat()[:7]
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        raise InvalidValue(NOT_A_MONTH)
    try:
        year, month = parse_month(raw)
    except ValueError:
        raise InvalidValue(NOT_A_MONTH) from None
    return f"{year:04}-{month:02}"
