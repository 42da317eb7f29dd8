"""What dates, years and months take."""

from collections.abc import Callable

from surveys.questionnaire.kinds import DateAnswer, MonthAnswer, YearAnswer
from surveys.questionnaire.kinds.month import iso_month
from surveys.questionnaire.kinds.year import FIRST, LAST
from surveys.questionnaire.parsing.days import iso_day
from surveys.questionnaire.parsing.reader import Reader


def parse_date(reader: Reader) -> DateAnswer:
    """Read the first and the last day."""
    low = _limit(reader, "min", iso_day, "YYYY-MM-DDの日付")
    high = _limit(reader, "max", iso_day, "YYYY-MM-DDの日付")
    if low and high and low > high:
        reader.refuse("日付の範囲が逆です（minがmaxより後）。")
    return DateAnswer(low, high)


def parse_month(reader: Reader) -> MonthAnswer:
    """Read the first and the last month."""
    low = _limit(reader, "min", iso_month, "YYYY-MMの年月")
    high = _limit(reader, "max", iso_month, "YYYY-MMの年月")
    if low and high and low > high:
        reader.refuse("年月の範囲が逆です（minがmaxより後）。")
    return MonthAnswer(low, high)


def parse_year(reader: Reader) -> YearAnswer:
    """Read the first and the last year, and whether fiscal years are meant."""
    low = reader.whole("min", FIRST, LAST) if reader.has("min") else None
    high = reader.whole("max", FIRST, LAST) if reader.has("max") else None
    if low is not None and high is not None and low > high:
        reader.refuse("年の範囲が逆です（minがmaxより後）。")
    return YearAnswer(low, high, reader.flag("fiscal"))


def _limit(
    reader: Reader, key: str, read: Callable[[object], str | None], wanted: str
) -> str | None:
    raw = reader.raw(key)
    limit = read(raw)
    if raw is not None and limit is None:
        reader.refuse(f"{key}は、{wanted}で指定してください。")
    return limit
