import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from onepublic.workbook import Cell, Column, Sheet, write_csv
from tests.onepublic.workbook.hostile import UNCHANGED


def written(rows: Iterable[Sequence[Cell]], *names: str, **options: bool) -> bytes:
    target = BytesIO()
    columns = [Column((name,)) for name in names or ("値",)]
    write_csv(target, Sheet("表", columns, rows), **options)
    return target.getvalue()


def test_values_are_written_as_programs_and_people_read_them() -> None:
    rows: list[list[Cell]] = [
        [1234, Decimal("1.50"), -3, True, None],
        [date(2026, 11, 23), datetime(2026, 11, 23, 15, 0, 1, tzinfo=UTC), 67.4, "", '一,\n"二"'],
    ]

    content = written(rows, "a", "b", "c", "d", "e")

    assert content.decode("utf-8-sig") == (
        'a,b,c,d,e\r\n1234,1.50,-3,TRUE,\r\n2026-11-23,2026-11-24 00:00:01,67.4,,"一,\n""二"""\r\n'
    )


def test_the_mark_with_which_excel_reads_it_can_be_left_out() -> None:
    assert written([], with_mark=True)[:3] == b"\xef\xbb\xbf"
    assert written([], with_mark=False)[:3] == "値".encode()


def test_the_target_stays_open() -> None:
    target = BytesIO()

    write_csv(target, Sheet("表", [Column(("値",))], []))

    assert not target.closed


def test_no_text_becomes_a_formula_and_nothing_else_is_touched() -> None:
    content = written([text] for text in UNCHANGED).decode("utf-8-sig")

    cells = [cell for (cell,) in csv.reader(StringIO(content, newline=""))][1:]

    changed = {text: cell for text, cell in zip(UNCHANGED, cells, strict=True) if text != cell}
    assert set(changed) == {
        text for text in UNCHANGED if text[:1] == "\t" or text.lstrip()[:1] in set("=+-@＝＋－＠")
    } - {""}
    assert changed == {text: f"'{text}" for text in changed}


def test_two_headers_of_a_column_become_one() -> None:
    target = BytesIO()

    write_csv(target, Sheet("表", [Column(("q1", "職員数"))], []), with_mark=False)

    assert target.getvalue().decode() == "q1　職員数\r\n"
