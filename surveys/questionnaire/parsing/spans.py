"""Sides that count the days or months between two dates."""

from collections.abc import Callable, Mapping
from typing import Final

from surveys.questionnaire.kinds.month import iso_month
from surveys.questionnaire.parsing.days import iso_day
from surveys.questionnaire.parsing.reader import Reader
from surveys.questionnaire.parsing.scope import Scope
from surveys.questionnaire.sides import Amount, AnsweredTime, Calendar, FixedTime, SpanAmount


def span_amount(calendar: Calendar) -> Callable[[Reader, Scope], Amount | None]:
    """Return the parser of the time between two days or months."""

    def parse(reader: Reader, scope: Scope) -> Amount | None:
        raws = reader.items(calendar, least=2, most=2)
        ends = [_end(reader.within(raw), calendar, scope) for raw in raws]
        first, second = (*ends, None, None)[:2]
        return None if first is None or second is None else SpanAmount(calendar, first, second)

    return parse


def _end(reader: Reader, calendar: Calendar, scope: Scope) -> AnsweredTime | FixedTime | None:
    form, parse, name = _TIMES[calendar]
    if reader.has("q"):
        end = _answered(reader, form, name, scope)
    elif (moment := parse(reader.raw(form))) is not None:
        end = FixedTime(moment)
    else:
        end = None
        reader.refuse(f"{calendar}には、{name}の設問（q）又は{form}を二つ書いてください。")
    reader.close()
    return end


def _answered(
    reader: Reader, form: str, name: str, scope: Scope
) -> AnsweredTime | FixedTime | None:
    question = scope.find(reader, reader.raw("q"))
    if question is None:
        return None
    field = scope.own_field(question)
    if field is None or field.kind != form:
        reader.refuse(f"設問「{question.id}」は{name}の設問ではありません。")
        return None
    return AnsweredTime(question.id)


_TIMES: Final[Mapping[Calendar, tuple[str, Callable[[object], str | None], str]]] = {
    Calendar.DAYS: ("date", iso_day, "日付"),
    Calendar.MONTHS: ("month", iso_month, "年月"),
}
