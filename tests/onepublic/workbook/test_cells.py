from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest

from onepublic.workbook import Cell, Column, Format, Sheet
from onepublic.workbook.cells import CellStyles, cell_xml
from tests.onepublic.workbook.reopening import by_calamine, by_openpyxl, opened, table, written

GENERAL = CellStyles.of(Format.GENERAL)


class Color(StrEnum):
    RED = "赤"


class Level(IntEnum):
    HIGH = 3


class Label(str):
    """A subclass such as Django's SafeString."""


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (0, 0),
        (-5, -5),
        (999_999_999_999_999, 999_999_999_999_999),
        (1_000_000_000_000_000, "1000000000000000"),
        (-1_000_000_000_000_000, "-1000000000000000"),
        (0.1, 0.1),
        (1e300, 1e300),
        (Decimal("0"), 0),
        (Decimal("0.00"), 0),
        (Decimal("12.50"), 12.5),
        (Decimal("-0.001"), -0.001),
        (Decimal("123456789.012345"), 123456789.012345),
        (Decimal("123456789.0123456"), "123456789.0123456"),
        (Decimal("1E+400"), "1E+400"),
        (Decimal("1E-400"), "1E-400"),
        (True, True),
        (False, False),
        ("0", "0"),
        ("", None),
        (None, None),
        (Color.RED, "赤"),
        (Level.HIGH, 3),
        (Label("札"), "札"),
    ],
)
def test_values_come_back_exactly(value: Cell, stored: Any) -> None:
    stream = written(table([[value, "x"]], width=2))
    assert by_openpyxl(stream) == [(stored, "x")]
    assert by_calamine(stream) == [(stored, "x")]
    assert type(by_openpyxl(stream)[0][0]) in (type(stored), float)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (date(2026, 11, 23), datetime.fromisoformat("2026-11-23")),
        (date(1900, 3, 1), datetime.fromisoformat("1900-03-01")),
        (date(9999, 12, 31), datetime.fromisoformat("9999-12-31")),
        (date(1900, 2, 28), "1900-02-28"),
        (datetime.fromisoformat("1900-01-01T09:30"), "1900-01-01 09:30:00"),
        (
            datetime.fromisoformat("2026-11-23T10:05:59"),
            datetime.fromisoformat("2026-11-23T10:05:59"),
        ),
        (
            datetime(2026, 11, 30, 14, 59, 59, 999_999, UTC),
            datetime.fromisoformat("2026-11-30T23:59:59"),
        ),
        (
            datetime(2026, 11, 30, 0, 0, tzinfo=timezone(timedelta(hours=-5))),
            datetime.fromisoformat("2026-11-30T14:00"),
        ),
    ],
)
def test_dates_are_dates_in_japan_time(value: Cell, stored: Any) -> None:
    assert by_openpyxl(written(table([[value]]))) == [(stored,)]


def test_calamine_tells_a_date_from_a_time() -> None:
    at = datetime.fromisoformat("2026-11-23T10:05")
    stream = written(table([[at.date(), at]], width=2))
    assert by_calamine(stream) == [(at.date(), at)]


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_what_is_no_number_is_refused(value: Cell) -> None:
    with pytest.raises(ValueError, match="a cell can't hold"):
        cell_xml(value, GENERAL)


@pytest.mark.parametrize("value", [[1], b"x", {"a": 1}, timedelta(1)])
def test_other_types_are_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="a cell can't hold a"):
        cell_xml(value, GENERAL)


@pytest.mark.parametrize(
    ("format", "number_format"),
    [
        (Format.GENERAL, "General"),
        (Format.TEXT, "General"),
        (Format.LONG_TEXT, "General"),
        (Format.COUNT, "#,##0"),
        (Format.ONE_PLACE, "#,##0.0"),
        (Format.TWO_PLACES, "#,##0.00"),
        (Format.PERCENT, "0.0%"),
    ],
)
def test_numbers_show_in_the_columns_format(format: Format, number_format: str) -> None:
    sheet = opened(Sheet("表", [Column(("h",), format=format)], [[1.5]])).active
    assert sheet["A2"].number_format == number_format


def test_text_columns_stay_text_when_edited() -> None:
    sheet = opened(Sheet("表", [Column(("コード",), format=Format.TEXT)], [["010006"]])).active
    assert sheet["A2"].number_format == "@"
    assert sheet.column_dimensions["A"].number_format == "@"


@pytest.mark.parametrize("format", [Format.GENERAL, Format.COUNT, Format.LONG_TEXT])
@pytest.mark.parametrize("start", list("=+-@＝＋－＠\t"))
def test_text_like_a_formula_stays_text_when_edited(format: Format, start: str) -> None:
    sheet = opened(Sheet("表", [Column(("h",), format=format)], [[f"{start}1"], ["x"]])).active
    assert [sheet["A2"].quotePrefix, sheet["A3"].quotePrefix] == [1, 0]
