"""The part of a question that depends on its type."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from surveys.questionnaire.document import QuestionType, Table
from surveys.questionnaire.kinds import (
    Answer,
    BooleanAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    FilesAnswer,
    FreeText,
    NumberAnswer,
    Option,
    TextAnswer,
)
from surveys.questionnaire.parsing.days import iso_day
from surveys.questionnaire.parsing.patterns import parse_pattern
from surveys.questionnaire.parsing.reader import Reader, shown, unique
from surveys.questionnaire.parsing.tables import parse_table

_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}")
MAX_TEXT: Final = 4_000


def parse_number(reader: Reader) -> NumberAnswer:
    """Read unit, min, max and decimals of a question or a column."""
    low, high = reader.amount("min"), reader.amount("max")
    if low is not None and high is not None and low > high:
        reader.refuse("数値の範囲が逆です（minがmaxより大きい）。")
    unit = reader.text("unit", longest=20, optional=True)
    return NumberAnswer(unit, low, high, reader.whole("decimals", 0, 6, default=0))


def _text(reader: Reader) -> Answer:
    longest = reader.whole("max_length", 1, MAX_TEXT)
    return TextAnswer(longest, pattern=parse_pattern(reader, longest))


def _longtext(reader: Reader) -> Answer:
    return TextAnswer(reader.whole("max_length", 1, MAX_TEXT), multiline=True)


def _date(reader: Reader) -> Answer:
    low, high = _limit(reader, "min"), _limit(reader, "max")
    if low and high and low > high:
        reader.refuse("日付の範囲が逆です（minがmaxより後）。")
    return DateAnswer(low, high)


def _limit(reader: Reader, key: str) -> str | None:
    raw = reader.raw(key)
    day = iso_day(raw)
    if raw is not None and day is None:
        reader.refuse(f"{key}は、YYYY-MM-DDの日付で指定してください。")
    return day


def _single(reader: Reader) -> Answer:
    options = _options(reader)
    if any(option.exclusive for option in options):
        reader.refuse("exclusiveは、複数選択の設問だけで使えます。")
    return ChoiceAnswer(options)


def _multiple(reader: Reader) -> Answer:
    options = _options(reader)
    together = sum(not option.exclusive for option in options)
    least = reader.whole("min_select", 0, 100, default=0)
    most = reader.whole("max_select", 1, 100) if reader.has("max_select") else None
    if not least <= (together if most is None else most) <= together:
        reader.refuse("min_select、max_selectが、選択肢の数と合いません。")
    return ChoicesAnswer(options, least, most)


def _options(reader: Reader) -> tuple[Option, ...]:
    options = tuple(_option(part) for part in reader.objects("options", most=100))
    unique([option.value for option in options], reader, "選択肢の値")
    return options


def _option(reader: Reader) -> Option:
    value, label = reader.identifier("value"), reader.text("label")
    exclusive = reader.flag("exclusive")
    raw = reader.raw("free_text")
    free_text = None if raw is None else _free_text(reader.inner("free_text", raw))
    reader.close()
    return Option(value, label, exclusive, free_text)


def _free_text(reader: Reader) -> FreeText:
    free_text = FreeText(
        label=reader.text("label"),
        required=reader.flag("required"),
        max_length=reader.whole("max_length", 1, MAX_TEXT),
    )
    reader.close()
    return free_text


def _files(reader: Reader) -> Answer:
    accept = tuple(map(shown, reader.items("accept", most=20)))
    if not all(_EXTENSION.fullmatch(extension) for extension in accept):
        reader.refuse("acceptは、「.pdf」のような拡張子で指定してください。")
    return FilesAnswer(accept, reader.whole("max_files", 1, 20), reader.whole("max_mb", 1, 100))


def _table(reader: Reader) -> Table:
    return parse_table(reader, parse_number)


def _yesno(reader: Reader) -> Answer:
    return BooleanAnswer()


ANSWERS: Final[Mapping[QuestionType, Callable[[Reader], Answer | Table]]] = {
    QuestionType.SINGLE: _single,
    QuestionType.MULTIPLE: _multiple,
    QuestionType.NUMBER: parse_number,
    QuestionType.TEXT: _text,
    QuestionType.LONGTEXT: _longtext,
    QuestionType.DATE: _date,
    QuestionType.YESNO: _yesno,
    QuestionType.TABLE: _table,
    QuestionType.FILE: _files,
}
