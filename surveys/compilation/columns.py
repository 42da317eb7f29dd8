"""One column per field of the questionnaire, and its values as cells."""

from collections.abc import Callable, Mapping
from datetime import date

from onepublic.workbook import Cell, Column, Format
from surveys.questionnaire import Field, ValueKind
from surveys.questionnaire.kinds import CalculatedAnswer, NumberAnswer, TextAnswer
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.values import NONE_LABEL, is_none_applicable

NOT_APPLICABLE = "対象外"
BETWEEN = "；"

_PLACES = {0: Format.COUNT, 1: Format.ONE_PLACE, 2: Format.TWO_PLACES}
_WIDTHS = {
    ValueKind.TEXT: 24,
    ValueKind.NUMBER: 12,
    ValueKind.CHOICE: 18,
    ValueKind.CHOICES: 30,
    ValueKind.RANKING: 30,
    ValueKind.BOOLEAN: 10,
    ValueKind.DATE: 14,
    ValueKind.YEAR: 12,
    ValueKind.MONTH: 12,
    ValueKind.ORGANIZATION: 12,
    ValueKind.FILES: 24,
}

Convert = Callable[[object], Cell]


def answer_column(field: Field) -> Column:
    """Headed by the field's id and by its label with the unit."""
    label = f"{field.label}（{field.unit}）" if field.unit else field.label
    width = 40 if _is_long(field) else _WIDTHS[field.kind]
    return Column((field.key, label), width, _format(field))


def cell_of(field: Field, file_names: Mapping[str, str]) -> Convert:
    """A function from the stored value of ``field`` to its cell: blank None, 該当なし in words.

    Options become their labels, dates dates, files their names. A value that the field does not
    know any more stays as it is.
    """
    convert = _converter(field, file_names)

    def cell(value: object) -> Cell:
        if value is None:
            return None
        return NONE_LABEL if type(value) is dict and is_none_applicable(value) else convert(value)

    return cell


def _converter(field: Field, file_names: Mapping[str, str]) -> Convert:
    labels = {option.value: option.label for option in field.options}
    joined: dict[ValueKind, Convert] = {
        ValueKind.CHOICE: lambda value: labels.get(str(value), str(value)),
        ValueKind.CHOICES: lambda value: _joined(value, labels),
        ValueKind.RANKING: lambda value: _joined(value, labels),
        ValueKind.BOOLEAN: lambda value: (
            YES if value is True else NO if value is False else str(value)
        ),
        ValueKind.DATE: _day,
        ValueKind.FILES: lambda value: _joined(value, file_names),
    }
    return joined.get(field.kind, _plain)


def _joined(value: object, labels: Mapping[str, str]) -> str:
    parts = value if isinstance(value, list) else [value]
    return BETWEEN.join(labels.get(str(part), str(part)) for part in parts)


def _day(value: object) -> Cell:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return str(value)


def _plain(value: object) -> Cell:
    return value if isinstance(value, str | int | float) else str(value)


def _is_long(field: Field) -> bool:
    return isinstance(field.answer, TextAnswer) and field.answer.multiline


def _format(field: Field) -> Format:
    if isinstance(field.answer, NumberAnswer | CalculatedAnswer):
        return _PLACES.get(field.answer.decimals, Format.GENERAL)
    if _is_long(field):
        return Format.LONG_TEXT
    is_text = field.kind in (ValueKind.TEXT, ValueKind.MONTH, ValueKind.ORGANIZATION)
    return Format.TEXT if is_text else Format.GENERAL
