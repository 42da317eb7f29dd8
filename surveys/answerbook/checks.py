"""What Excel itself refuses while a cell is filled in: lists, ranges, lengths, in words.

It only spares a way: what comes back is judged by the engine, whatever a program let through.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from surveys.answerbook.cells import MARK, allows_none, option_texts
from surveys.questionnaire import Field
from surveys.questionnaire.kinds import (
    BooleanAnswer,
    ChoiceAnswer,
    DateAnswer,
    MonthAnswer,
    NumberAnswer,
    OrganizationAnswer,
    RankingAnswer,
    TextAnswer,
    YearAnswer,
)
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.values import NONE_LABEL

_WIDEST: Final = 10**15 - 1
_FIRST_DAY: Final = dt.date(1900, 3, 1)
_LAST_DAY: Final = dt.date(9999, 12, 31)
_FROM_LIST: Final = "一覧の中から選んでください。"

Kind = Literal["list", "whole", "decimal", "date", "textLength"]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. ``low`` and ``high`` bound the number, day or length; ``items`` is the list.

    With ``none`` 該当なし is let through as well; what is not ``strict`` only warns.
    """

    kind: Kind
    message: str
    low: Decimal | dt.date | None = None
    high: Decimal | dt.date | None = None
    items: tuple[str, ...] = ()
    none: bool = False
    strict: bool = True


MARKS: Final = Check("list", f"「{MARK}」を選ぶか、空欄にしてください。", items=(MARK,))


def check_of(field: Field) -> Check | None:
    """The rule for a cell that holds a whole value, or one rank."""
    none = allows_none(field)
    match field.answer:
        case NumberAnswer() as answer:
            return _number(answer, none=none)
        case YearAnswer() as answer:
            low, high = Decimal(answer.minimum or 1000), Decimal(answer.maximum or 9999)
            return Check("whole", "西暦4桁の数字で入力してください。", low, high, none=none)
        case ChoiceAnswer() | RankingAnswer():
            return _list(tuple(option_texts(field).values()), none=none)
        case BooleanAnswer():
            return _list((YES, NO), none=none)
        case DateAnswer() | MonthAnswer() as answer:
            return _day(answer, none=none)
        case TextAnswer() as answer:
            return _length(answer.max_length)
        case OrganizationAnswer():
            message = "6桁の団体コードを入力してください。"
            return Check("textLength", message, Decimal(4), Decimal(6), strict=False)
        case _:
            return None


def _list(items: tuple[str, ...], *, none: bool) -> Check:
    return Check("list", _FROM_LIST, items=(*items, NONE_LABEL) if none else items)


def _length(longest: int) -> Check:
    message = f"{longest:,}文字以内で入力してください。"
    return Check("textLength", message, Decimal(0), Decimal(longest), strict=False)


def _number(answer: NumberAnswer, *, none: bool) -> Check:
    low = answer.minimum if answer.minimum is not None else Decimal(-_WIDEST)
    high = answer.maximum if answer.maximum is not None else Decimal(_WIDEST)
    message = f"{number_in_words(answer)}を入力してください。"
    return Check("decimal" if answer.decimals else "whole", message, low, high, none=none)


def _day(answer: DateAnswer | MonthAnswer, *, none: bool) -> Check:
    """Excel knows no day before 1900: where one may be meant, a text is let through."""
    low, high = _FIRST_DAY, _LAST_DAY
    if answer.earliest is not None:
        low = max(low, dt.date.fromisoformat(f"{answer.earliest}-01"[:10]))
    if answer.latest is not None:
        high = _last_day(answer.latest)
    name = "日付" if isinstance(answer, DateAnswer) else "年月（日は1日でかまいません）"
    message = f"決められた期間の{name}を、「2026/11/23」の形で入力してください。"
    return Check("date", message, low, max(low, high), none=none, strict=low > _FIRST_DAY)


def _last_day(latest: str) -> dt.date:
    if len(latest) == len("2026-11-23"):
        return dt.date.fromisoformat(latest)
    year, month = int(latest[:4]), int(latest[5:])
    return dt.date(year, month, monthrange(year, month)[1])


def number_in_words(answer: NumberAnswer) -> str:
    """Which numbers are taken: 0人以上1,000人以下の整数."""
    unit, low, high = answer.unit, answer.minimum, answer.maximum
    bounds = (f"{low:,}{unit}以上" if low is not None else "") + (
        f"{high:,}{unit}以下" if high is not None else ""
    )
    number = f"小数点以下{answer.decimals}桁までの数字" if answer.decimals else "整数"
    return f"{bounds}の{number}" if bounds else number
