"""Tables of numbers."""

from collections.abc import Callable
from typing import Final

from surveys.questionnaire.document import Column, Row, Table
from surveys.questionnaire.kinds import NumberAnswer
from surveys.questionnaire.parsing.reader import Reader, shown, unique

MAX_ROWS: Final = 100
MAX_COLUMNS: Final = 50
MAX_CELLS: Final = 1_000


def parse_table(reader: Reader, parse_number: Callable[[Reader], NumberAnswer]) -> Table:
    """Read rows, columns, totals and disabled cells."""
    rows = tuple(_row(part) for part in reader.objects("rows", most=MAX_ROWS))
    columns = tuple(
        _column(part, parse_number) for part in reader.objects("columns", most=MAX_COLUMNS)
    )
    unique([row.id for row in rows], reader, "行のid")
    unique([column.id for column in columns], reader, "列のid")
    row_totals, column_totals = _totals(reader)
    table = Table(rows, columns, row_totals, column_totals, _disabled(reader, rows, columns))
    _check_size(reader, table)
    return table


def _row(reader: Reader) -> Row:
    row = Row(reader.identifier(), reader.text("label"))
    reader.close()
    return row


def _column(reader: Reader, parse_number: Callable[[Reader], NumberAnswer]) -> Column:
    column = Column(reader.identifier(), reader.text("label"), parse_number(reader))
    reader.close()
    return column


def _totals(reader: Reader) -> tuple[bool, bool]:
    raw = reader.raw("totals")
    if raw is None:
        return False, False
    totals = reader.inner("totals", raw)
    wanted = totals.flag("row"), totals.flag("column")
    totals.close()
    return wanted


def _disabled(
    reader: Reader, rows: tuple[Row, ...], columns: tuple[Column, ...]
) -> frozenset[tuple[str, str]]:
    cells = {(row.id, column.id) for row in rows for column in columns}
    disabled: set[tuple[str, str]] = set()
    for pair in reader.items("disabled_cells", most=MAX_CELLS, least=0):
        cell = tuple(map(shown, pair)) if isinstance(pair, list | tuple) else ()
        if len(cell) == 2 and cell in cells:
            disabled.add((cell[0], cell[1]))
        else:
            reader.refuse(f"disabled_cellsの{list(cell)}は、この表の行と列ではありません。")
    return frozenset(disabled)


def _check_size(reader: Reader, table: Table) -> None:
    cells = len(table.rows) * len(table.columns)
    if cells > MAX_CELLS:
        reader.refuse(f"表の欄は{MAX_CELLS:,}以下にしてください。")
    if table.disabled and len(table.disabled) == cells:
        reader.refuse("表の全ての欄が入力不可になっています。")
    if table.row_totals and len({column.answer.unit for column in table.columns}) > 1:
        reader.refuse("単位の異なる列を、行の合計にすることはできません。")
