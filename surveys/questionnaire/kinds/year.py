"""Years and fiscal years, typed in the western or the Japanese calendar."""

import math
from dataclasses import dataclass
from typing import ClassVar, Final

from onepublic.core.wareki import parse_year, wareki_calendar_year, wareki_year
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

FIRST: Final = 1000
LAST: Final = 9999
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class YearAnswer:
    """A western year from `minimum` to `maximum`; with `fiscal` the 年度 that began in it."""

    minimum: int | None = None
    maximum: int | None = None
    fiscal: bool = False

    kind: ClassVar[ValueKind] = ValueKind.YEAR

    def normalise(self, raw: object) -> int:
        """Return the western year of 令和8年, 令和8年度, R8 or 2026."""
        year = self._year(raw)
        if self.minimum is not None and year < self.minimum:
            raise InvalidValue(f"{self.in_words(self.minimum)}以後で入力してください。")
        if self.maximum is not None and year > self.maximum:
            raise InvalidValue(f"{self.in_words(self.maximum)}以前で入力してください。")
        return year

    def in_words(self, year: int) -> str:
        """Return a year as officials print it: 令和８年度 or 令和８年."""
        return wareki_year(year) if self.fiscal else wareki_calendar_year(year)

    def _year(self, raw: object) -> int:
        try:
            year = _typed_year(raw)
        except ValueError:
            year = 0
        if not FIRST <= year <= LAST:
            name = "年度" if self.fiscal else "年"
            raise InvalidValue(f"{name}を、「令和8{name}」又は「2026」の形で入力してください。")
        return year


def _typed_year(raw: object) -> int:
    if isinstance(raw, str) and len(raw) <= _LONGEST:
        return parse_year(raw)
    if isinstance(raw, float) and math.isfinite(raw) and raw.is_integer():
        return int(raw)
    return raw if type(raw) is int else 0
