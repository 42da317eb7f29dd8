"""One value as the XML of one cell, without its address: ` s="0"><v>12</v></c>`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from onepublic.workbook import styles
from onepublic.workbook.sheets import Cell, Code, Format, Label
from onepublic.workbook.text import repeated_text_xml, text_xml

JST = ZoneInfo("Asia/Tokyo")
_EXACT_DIGITS = 15  # Excel rounds longer numbers
EXACT_INTEGER = 10**_EXACT_DIGITS
_LARGEST_EXPONENT = 300
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day 1900-02-29 that never was
FORMULA_STARTS = frozenset("=+-@\t＝＋－＠")  # Japanese Excel reads the wide forms too


@dataclass(frozen=True, slots=True)
class CellStyles:
    """What a column contributes to its cells, spelt out once."""

    number: str
    text: str
    quoted: str

    @classmethod
    def of(cls, format: Format) -> "CellStyles":
        """The styles of a column of this format."""
        text, quoted = styles.TEXT_STYLE[format]
        return cls(
            number=f' s="{styles.NUMBER_STYLE[format]}"',
            text=f' s="{text}" t="inlineStr"><is>',
            quoted=f' s="{quoted}" t="inlineStr"><is>',
        )


def cell_xml(value: Cell, column: CellStyles) -> str:
    """The XML of a value that is neither None nor "".

    Raises ValueError for NaN and infinity, TypeError for a type that isn't a Cell.
    """
    return ENCODERS[type(value)](value, column)


def _text(value: str, column: CellStyles) -> str:
    start = column.quoted if value[0] in FORMULA_STARTS else column.text
    return f"{start}{text_xml(value)}</is></c>"


def _code(value: str, column: CellStyles) -> str:
    return f' s="{styles.CODE}" t="inlineStr"><is>{repeated_text_xml(value)}</is></c>'


def _label(value: str, column: CellStyles) -> str:
    start = column.quoted if value[0] in FORMULA_STARTS else column.text
    return f"{start}{repeated_text_xml(value)}</is></c>"


def _boolean(value: bool, column: CellStyles) -> str:
    return f' s="0" t="b"><v>{int(value)}</v></c>'


def _integer(value: int, column: CellStyles) -> str:
    if -EXACT_INTEGER < value < EXACT_INTEGER:
        return f"{column.number}><v>{int(value)}</v></c>"
    return _text(str(int(value)), column)


def _float(value: float, column: CellStyles) -> str:
    if not isfinite(value):
        raise ValueError(f"a cell can't hold {value}")
    return f"{column.number}><v>{float(value)!r}</v></c>"


def _decimal(value: Decimal, column: CellStyles) -> str:
    if not value.is_finite():
        raise ValueError(f"a cell can't hold {value}")
    if value and abs(value.adjusted()) > _LARGEST_EXPONENT:
        return _text(str(value), column)
    digits = format(value, "f")
    if len(digits.lstrip("-0.").replace(".", "")) > _EXACT_DIGITS:
        return _text(digits, column)
    return f"{column.number}><v>{digits}</v></c>"


def _date(value: date, column: CellStyles) -> str:
    if value < _FIRST_DAY:
        return _text(value.isoformat(), column)
    return f' s="{styles.DATE}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'


def _datetime(value: datetime, column: CellStyles) -> str:
    """Whole seconds of Japan time: Excel would round 23:59:59.999 up to the next day."""
    local = value.astimezone(JST).replace(tzinfo=None) if value.tzinfo else value
    if local.date() < _FIRST_DAY:
        return _text(local.isoformat(" ", "seconds"), column)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    days = local.toordinal() - _DAY_ZERO + seconds / 86_400
    return f' s="{styles.DATETIME}"><v>{days!r}</v></c>'


_Encoder = Callable[[Any, CellStyles], str]


class _Encoders(dict[type, _Encoder]):
    """The encoder of a type, or of its nearest base: an enumeration's choice is a str too."""

    def __missing__(self, kind: type) -> _Encoder:
        for base in kind.__mro__:
            if base in self:
                return self[base]
        raise TypeError(f"a cell can't hold a {kind.__name__}")


ENCODERS = _Encoders(
    {
        str: _text,
        Code: _code,
        Label: _label,
        bool: _boolean,
        int: _integer,
        float: _float,
        Decimal: _decimal,
        datetime: _datetime,
        date: _date,
    }
)
