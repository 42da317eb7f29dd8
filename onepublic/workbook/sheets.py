"""What a workbook is made of: plain values, no XML, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

Cell: TypeAlias = str | int | float | Decimal | bool | date | datetime | None


class Code(str):
    """A word of ours in place of an answer, such as 対象外; it is shown apart from typed text."""

    __slots__ = ()


class Label(str):
    """A text that very many cells repeat, such as the wording of a question."""

    __slots__ = ()


class Format(Enum):
    """How a column shows its values.

    It decides on text and numbers only: a date is shown as a date in every column.
    TEXT also tells Excel to keep what a person types (code 010006) as text.
    """

    GENERAL = "general"
    TEXT = "text"
    LONG_TEXT = "long text"
    COUNT = "1,234"
    ONE_PLACE = "1,234.5"
    TWO_PLACES = "1,234.50"
    PERCENT = "12.3%"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header cells from top to bottom, width in characters, format."""

    headers: tuple[str, ...]
    width: float = 12
    format: Format = Format.GENERAL


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. `rows` is read once, one row at a time, and never held as a whole.

    Every column has the same number of headers and every row a cell per column.
    `key_columns` at the left stay in view, are printed on every page, and are repeated
    when the table has more columns than one sheet can hold.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    key_columns: int = 0
    filtered: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A group of labelled values on an overview page."""

    heading: str
    entries: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of labelled values under a heading, such as 概要."""

    title: str
    heading: str
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over cells of a sheet that was written before: ``names`` and ``values`` are areas of
    one column each, such as F3:F8; ``upright`` for many short names.
    """

    title: str
    sheet: str
    names: str
    values: str
    bars: int
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Charts:
    """A page of charts, one below the other; ``charts`` is read when the page is written."""

    title: str
    heading: str
    charts: Iterable[Chart]


Page: TypeAlias = Sheet | Overview | Charts


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """What one sheet can hold; what is more goes to further sheets.

    Rows (with headers) and columns are Excel's own limits. The bytes of XML stay under
    2 GiB, where a zip entry would need the ZIP64 form that not every reader knows.
    """

    rows: int = 1_048_576
    columns: int = 16_384
    xml_bytes: int = 1_900_000_000
