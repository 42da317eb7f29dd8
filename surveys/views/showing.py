"""Values as a form shows them and as a reader reads them."""

from datetime import date
from decimal import Decimal

from onepublic.core.wareki import wareki
from surveys.places import place_in_words
from surveys.questionnaire import Field, InvalidValue, Value, ValueKind, normalise
from surveys.questionnaire.kinds import NumberAnswer, YearAnswer
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.kinds.month import month_in_wareki
from surveys.questionnaire.values import NONE_APPLICABLE, NONE_LABEL, is_blank


def typed(field: Field, value: object) -> str | list[str]:
    """What the inputs of ``field`` hold for a stored value, as they would send it."""
    if field.kind in (ValueKind.CHOICES, ValueKind.RANKING):
        if isinstance(value, dict):
            return [NONE_LABEL]
        parts = value if isinstance(value, list) else [] if is_blank(value) else [value]
        return [str(part) for part in parts]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return NONE_LABEL
    if field.kind is ValueKind.ORGANIZATION and isinstance(value, str):
        return place_in_words(value)
    return "" if value is None else str(value)


def shown(field: Field, value: object) -> str:
    """A stored value in words: labels, units, wareki; a refused value as it was typed."""
    if is_blank(value):
        return ""
    try:
        return _in_words(field, normalise(field, value))
    except InvalidValue:
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _in_words(field: Field, value: Value) -> str:
    if value is NONE_APPLICABLE:
        return NONE_LABEL
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | Decimal):
        return _number_in_words(field, value)
    if isinstance(value, list):
        return _several_in_words(field, value)
    return _text_in_words(field, str(value))


def _number_in_words(field: Field, value: int | Decimal) -> str:
    if isinstance(field.answer, YearAnswer):
        return field.answer.in_words(int(value))
    grouped = not isinstance(field.answer, NumberAnswer) or field.answer.grouped
    return f"{value:,}{field.unit}" if grouped else f"{value}{field.unit}"


def _several_in_words(field: Field, values: list[str]) -> str:
    labels = {option.value: option.label for option in field.options}
    words = [labels.get(part, part) for part in values]
    if field.kind is ValueKind.RANKING:
        words = [f"{place}位 {word}" for place, word in enumerate(words, 1)]
    return "、".join(words)


def _text_in_words(field: Field, value: str) -> str:
    if field.kind is ValueKind.DATE:
        return wareki(date.fromisoformat(value))
    if field.kind is ValueKind.MONTH:
        return month_in_wareki(value)
    if field.kind is ValueKind.ORGANIZATION:
        return place_in_words(value)
    if field.kind is ValueKind.CHOICE:
        return next((o.label for o in field.options if o.value == value), value)
    return value
