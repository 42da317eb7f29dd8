"""Calendar dates, typed in the western or the Japanese calendar."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

from onepublic.core.wareki import parse_date, wareki
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

_LONGEST: Final = 40
NOT_A_DATE: Final = "暦にある日付を、「2026-11-23」又は「令和8年11月23日」の形で入力してください。"


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """A day between `earliest` and `latest`, all of them ISO text (YYYY-MM-DD)."""

    earliest: str | None = None
    latest: str | None = None

    kind: ClassVar[ValueKind] = ValueKind.DATE

    def normalise(self, raw: object) -> str:
        """Return the day as ISO text, which sorts and compares as days do.

        Reads both calendars in full or half width, and the dates that a sheet hands over.
        """
        day = raw if isinstance(raw, str) and _is_iso(raw) else _day(raw).isoformat()
        if self.earliest is not None and day < self.earliest:
            raise InvalidValue(f"{in_wareki(self.earliest)}以後の日付を入力してください。")
        if self.latest is not None and day > self.latest:
            raise InvalidValue(f"{in_wareki(self.latest)}以前の日付を入力してください。")
        return day


def in_wareki(iso: str) -> str:
    """Return an ISO day as officials print it: 令和８年11月23日."""
    return wareki(dt.date.fromisoformat(iso), weekday=False)


def _is_iso(raw: str) -> bool:
    """Tell whether a day is written as it is stored: most are, and need no reading."""
    try:
        return dt.date.fromisoformat(raw).isoformat() == raw
    except ValueError:
        return False


def _day(raw: object) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        raise InvalidValue(NOT_A_DATE)
    try:
        return parse_date(raw)
    except ValueError:
        raise InvalidValue(NOT_A_DATE) from None
