from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from onepublic.workbook import AdmissionLimits, Cell, WorkbookRefused, read_rows
from tests.onepublic.workbook.reopening import table, written

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)
_DATES = st.dates(date(1900, 3, 1), date(9999, 12, 31))
_TIMES = st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("9998-12-31"))
_CELLS = st.none() | _TEXT | st.integers(-(10**15) + 1, 10**15 - 1) | st.booleans()
SHEET_XML = "xl/worksheets/sheet1.xml"


def saved(rows: list[list[Any]], title: str = "入力") -> BytesIO:
    """A workbook as openpyxl saves it, with shared strings."""
    book = Workbook()
    sheet = book.create_sheet(title, 0)
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream


def with_sheet_rows(xml: str) -> BytesIO:
    """A workbook whose only sheet has these rows as they stand."""
    return changed(
        lambda sheet: sheet[: sheet.index("<row")] + xml + sheet[sheet.index("</sheetData>") :]
    )


def changed(change: Any, member: str = SHEET_XML) -> BytesIO:
    source, target = ZipFile(written(table([[1]]))), BytesIO()
    with ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name).decode()
            archive.writestr(name, change(text) if name == member else text)
    return target


@given(st.lists(st.tuples(_CELLS, _DATES, _TIMES), min_size=1, max_size=6))
def test_what_was_written_is_read_back(rows: list[tuple[Cell, date, datetime]]) -> None:
    expected = [[text, day, at.replace(microsecond=0)] for text, day, at in rows]
    assert list(read_rows(written(table(rows, width=3))))[1:] == expected


def test_blanks_within_are_kept_and_blanks_behind_are_dropped() -> None:
    stream = saved([["a", None, 0, None], [], [None, "b"], [None], []])
    assert list(read_rows(stream)) == [["a", None, 0], [], [None, "b"]]


def test_a_time_without_date_is_read_as_text() -> None:
    assert list(read_rows(saved([[time(9, 30)]]))) == [["09:30:00"]]


def test_a_formula_gives_its_stored_value() -> None:
    stream = with_sheet_rows('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')
    assert list(read_rows(stream)) == [[2]]


def test_a_path_and_a_sheet_by_its_title(tmp_path: Path) -> None:
    path = tmp_path / "回答.xlsx"
    path.write_bytes(saved([["x"]], title="調査票").getvalue())
    assert list(read_rows(path, "調査票")) == [["x"]]


def test_a_missing_sheet_is_named() -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        read_rows(saved([["x"]]), "調査票")
    assert str(refusal.value) == (
        "シート「調査票」が見つかりません。シート名を変更していないかご確認ください。"
    )


def test_a_wrong_dimension_is_ignored() -> None:
    stream = changed(
        lambda xml: xml.replace("<sheetViews>", '<dimension ref="A1:XFD1048576"/><sheetViews>')
    )
    assert list(read_rows(stream)) == [["h1"], [1]]


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>x</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-</v></c>',
    ],
)
def test_broken_cells_are_refused(row: str) -> None:
    with pytest.raises(WorkbookRefused, match=r"Excelブック（\.xlsx）として読み取れませんでした"):
        list(read_rows(with_sheet_rows(row)))


def test_a_cell_in_a_far_corner_does_not_fill_the_memory() -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 20))
    with pytest.raises(WorkbookRefused, match="大きすぎる"):
        list(read_rows(with_sheet_rows(rows), limits=AdmissionLimits(cells=100_000)))


def test_a_row_beyond_the_last_of_excel_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="大きすぎる"):
        list(read_rows(with_sheet_rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')))
