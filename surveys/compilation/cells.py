"""Stored values as cells."""

from collections.abc import Callable, Mapping
from datetime import date

from onepublic.workbook import Cell
from surveys.compilation.codes import NONE_APPLIES
from surveys.questionnaire import Field, ValueKind
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.values import is_none_applicable

BETWEEN = "；"

_PLAIN_KINDS = frozenset(
    {
        ValueKind.TEXT,
        ValueKind.NUMBER,
        ValueKind.YEAR,
        ValueKind.MONTH,
        ValueKind.ORGANIZATION,
    }
)

Convert = Callable[[object], Cell]


def cell_of(field: Field, file_names: Mapping[str, str], rank: int = 0) -> Convert:
    """A function from the stored value of ``field`` to its cell: blank None, 該当なし in words.

    Options become their labels, dates dates, files their names; with ``rank``, of an order of
    options only the one on that rank. A value that the field does not know any more stays as it is.
    """
    convert = _converter(field, file_names, rank)
    if convert is None:
        return _plain

    def cell(value: object) -> Cell:
        if value is None:
            return None
        return NONE_APPLIES if type(value) is dict and is_none_applicable(value) else convert(value)

    return cell


def is_plain(field: Field) -> bool:
    """Whether a text or number stored for the field is its cell as it is."""
    return field.kind in _PLAIN_KINDS


def _converter(field: Field, file_names: Mapping[str, str], rank: int) -> Convert | None:
    """The function from a value to its cell; None where the value is the cell."""
    labels = {option.value: option.label for option in field.options}
    joined: dict[ValueKind, Convert] = {
        ValueKind.CHOICE: lambda value: labels.get(str(value), str(value)),
        ValueKind.CHOICES: lambda value: _joined(value, labels),
        ValueKind.RANKING: lambda value: _ranked(value, labels, rank),
        ValueKind.BOOLEAN: lambda value: (
            YES if value is True else NO if value is False else str(value)
        ),
        ValueKind.DATE: _day,
        ValueKind.FILES: lambda value: _joined(value, file_names),
    }
    return joined.get(field.kind)


def _joined(value: object, labels: Mapping[str, str]) -> str:
    parts = value if isinstance(value, list) else [value]
    return BETWEEN.join(labels.get(str(part), str(part)) for part in parts)


def _ranked(value: object, labels: Mapping[str, str], rank: int) -> Cell:
    parts = value if isinstance(value, list) else [value]
    return _joined(parts[rank - 1], labels) if rank <= len(parts) else None


def _day(value: object) -> Cell:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return str(value)


def _plain(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    return NONE_APPLIES if is_none_applicable(value) else str(value)
