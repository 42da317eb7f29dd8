from collections.abc import Iterator
from io import BytesIO, RawIOBase
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onepublic.workbook import Overview, Section, write_workbook
from onepublic.workbook.sheets import Cell
from tests.onepublic.workbook.reopening import by_calamine, by_openpyxl, table, written

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]))
_NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_CELLS = st.none() | _TEXT | _NUMBERS | st.booleans()


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=8))
def test_any_rows_are_read_back_equal_by_both_readers(rows: list[tuple[Cell, ...]]) -> None:
    stream = written(table([(*row, "end") for row in rows], width=4))

    expected = [(*(None if cell == "" else cell for cell in row), "end") for row in rows]
    assert by_openpyxl(stream) == expected
    assert by_calamine(stream) == expected


def test_equal_pages_give_equal_bytes() -> None:
    first, second = (written(table([["あ", 1]], width=2)).getvalue() for _ in range(2))
    assert first == second


def test_rows_are_taken_one_at_a_time() -> None:
    taken: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(20_000):
            taken.append(number)
            yield [number, "x" * 20]
        grown.append(len(stream.getvalue()))

    stream = BytesIO()
    grown: list[int] = []
    write_workbook(stream, [table(rows(), width=2)])
    assert taken == list(range(20_000))
    assert grown[0] > 0.8 * len(stream.getvalue())


class OneWayStream(RawIOBase):
    """Can be written to and nothing else, like an HTTP response."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, chunk: bytes) -> int:  # type: ignore[override]
        self.chunks.append(bytes(chunk))
        return len(chunk)


def test_a_stream_need_not_be_seekable() -> None:
    stream = OneWayStream()
    write_workbook(stream, [table([[1]])])  # type: ignore[arg-type]
    assert by_openpyxl(BytesIO(b"".join(stream.chunks))) == [(1,)]


def test_a_path_gets_the_whole_workbook(tmp_path: Path) -> None:
    path = tmp_path / "結果.xlsx"
    path.write_bytes(b"old")
    write_workbook(path, [table([[1]])])
    assert by_openpyxl(BytesIO(path.read_bytes())) == [(1,)]
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_path_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "結果.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="a cell can't hold nan"):
        write_workbook(path, [table([[1], [float("nan")]])])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_needs_a_page() -> None:
    with pytest.raises(ValueError, match="at least one sheet"):
        write_workbook(BytesIO(), [])


def test_the_parts_of_the_package() -> None:
    stream = written(Overview("概要", "調査", [Section("件数", [("対象", 0)])]), table([[1]]))
    assert ZipFile(stream).namelist() == [
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
        "[Content_Types].xml",
    ]
