from typing import Any

import pytest

from onepublic.workbook import Column, Sheet, SheetLimits
from tests.onepublic.workbook.reopening import opened, table, written


def values(book: Any) -> dict[str, list[tuple[Any, ...]]]:
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


def test_rows_beyond_the_limit_go_to_further_sheets() -> None:
    book = opened(table([[n] for n in range(5)]), limits=SheetLimits(rows=3))
    assert values(book) == {
        "回答一覧": [("h1",), (0,), (1,)],
        "回答一覧 (2)": [("h1",), (2,), (3,)],
        "回答一覧 (3)": [("h1",), (4,)],
    }


def test_a_sheet_that_is_just_full_has_no_empty_follower() -> None:
    book = opened(table([[n] for n in range(2)]), limits=SheetLimits(rows=3))
    assert book.sheetnames == ["回答一覧"]


def test_columns_beyond_the_limit_go_to_further_sheets_with_the_keys() -> None:
    sheet = table([["北海道", 1, 2, 3], ["青森県", 4, 5, 6]], width=4, key_columns=1)
    assert values(opened(sheet, limits=SheetLimits(columns=3))) == {
        "回答一覧": [("h1", "h2", "h3"), ("北海道", 1, 2), ("青森県", 4, 5)],
        "回答一覧 (2)": [("h1", "h4"), ("北海道", 3), ("青森県", 6)],
    }


def test_rows_and_columns_beyond_the_limits() -> None:
    sheet = table([[1, 2], [3, 4]], width=2)
    assert values(opened(sheet, limits=SheetLimits(rows=2, columns=1))) == {
        "回答一覧": [("h1",), (1,)],
        "回答一覧 (2)": [("h2",), (2,)],
        "回答一覧 (3)": [("h1",), (3,)],
        "回答一覧 (4)": [("h2",), (4,)],
    }


def test_a_sheet_ends_before_its_xml_grows_too_large() -> None:
    rows = [["x" * 1000] for _ in range(300)]
    book = opened(table(rows), limits=SheetLimits(xml_bytes=100_000))
    assert [sheet.max_row - 1 for sheet in book.worksheets] == [124, 124, 52]


def test_a_table_without_rows_keeps_its_headers() -> None:
    book = opened(table([], width=2))
    assert values(book) == {"回答一覧": [("h1", "h2")]}
    assert book.active.auto_filter.ref == "A1:B1"


def test_headers_are_frozen_filtered_and_repeated_in_print() -> None:
    columns = [Column(("q1", "件数"), 20), Column(("q2", ""), 8.5), Column(("q3", "備考"))]
    sheet = opened(Sheet("集計'表", columns, [[1, 2, 3]], key_columns=1)).active
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:C3"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$A")
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [20, 8.5, 12]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True


def test_headers_look_like_headers() -> None:
    header = opened(table([[1]])).active["A1"]
    assert (header.font.b, header.font.name, header.font.sz) == (True, "游ゴシック", 11)
    assert header.fill.fgColor.rgb == "FFDCE6F1"
    assert header.alignment.wrapText is True
    assert header.border.bottom.style == "thin"


def test_an_unfiltered_table_without_headers_is_bare() -> None:
    sheet = opened(Sheet("表", [Column(())], [[1]], filtered=False)).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == (None, None, None)
    assert list(sheet.values) == [(1,)]


def test_key_columns_alone_are_frozen_at_the_left() -> None:
    columns = [Column(()), Column(())]
    sheet = opened(Sheet("表", columns, [[1, 2]], key_columns=1)).active
    assert sheet.freeze_panes == "B1"


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (table([[1, 2], [3]], width=2), "row 2: 1 cells, not 2"),
        (Sheet("表", [], []), "0 columns"),
        (table([], width=2, key_columns=3), "3 of them keys"),
        (
            Sheet("表", [Column(("a",)), Column(("a", "b"))], []),
            "differ in their number of headers",
        ),
    ],
)
def test_tables_that_contradict_themselves_are_refused(sheet: Sheet, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        written(sheet)
