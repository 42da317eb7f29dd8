"""Tables and matrices."""

from collections.abc import Callable, Mapping
from typing import Final

from surveys.questionnaire.kinds import Answer, BooleanAnswer, ChoiceAnswer
from surveys.questionnaire.parsing.calendar import parse_date
from surveys.questionnaire.parsing.choices import parse_plain_options
from surveys.questionnaire.parsing.numbers import parse_number
from surveys.questionnaire.parsing.reader import Reader, shown, unique
from surveys.questionnaire.parsing.texts import parse_text
from surveys.questionnaire.tables import Column, Matrix, Row, Table, numbered_rows

MAX_ROWS: Final = 100
MAX_COLUMNS: Final = 50
MAX_CELLS: Final = 1_000


def parse_table(reader: Reader) -> Table:
    """Read rows, columns, totals and disabled cells."""
    rows = _rows(reader)
    columns = tuple(_column(part) for part in _column_parts(reader))
    unique([column.id for column in columns], reader, "列のid")
    row_totals, column_totals = _totals(reader, ("row", "column"))
    table = Table(rows, columns, row_totals, column_totals, _disabled(reader, rows, columns))
    _check(reader, table)
    return table


def parse_dynamic_table(reader: Reader) -> Table:
    """Read columns, totals and how many rows there may be."""
    parts = _column_parts(reader)
    columns = tuple(_column(part, part.flag("required")) for part in parts)
    unique([column.id for column in columns], reader, "列のid")
    least = reader.whole("min_rows", 0, MAX_ROWS, default=0)
    most = reader.whole("max_rows", 1, MAX_ROWS)
    if least > most:
        reader.refuse("行数の範囲が逆です（min_rowsがmax_rowsより大きい）。")
    (column_totals,) = _totals(reader, ("column",))
    table = Table(numbered_rows(most), columns, False, column_totals, dynamic=True, min_rows=least)
    _check(reader, table)
    return table


def parse_matrix(reader: Reader) -> Matrix:
    """Read the rows and the options that they share."""
    return Matrix(_rows(reader), ChoiceAnswer(parse_plain_options(reader)))


def _rows(reader: Reader) -> tuple[Row, ...]:
    rows = tuple(_row(part) for part in reader.objects("rows", most=MAX_ROWS))
    unique([row.id for row in rows], reader, "行のid")
    return rows


def _row(reader: Reader) -> Row:
    row = Row(reader.identifier(), reader.text("label"))
    reader.close()
    return row


def _column_parts(reader: Reader) -> list[Reader]:
    return reader.objects("columns", most=MAX_COLUMNS)


def _column(reader: Reader, required: bool = False) -> Column:
    name, label = reader.identifier(), reader.text("label")
    type_ = reader.raw("type") if reader.has("type") else "number"
    parse = _CELLS.get(type_) if isinstance(type_, str) else None
    if parse is None:
        reader.refuse(f"列の型「{shown(type_)}」はありません。")
        return Column(name, label, BooleanAnswer(), required)
    column = Column(name, label, parse(reader), required)
    reader.close()
    return column


def _single(reader: Reader) -> ChoiceAnswer:
    return ChoiceAnswer(parse_plain_options(reader))


def _yesno(reader: Reader) -> BooleanAnswer:
    return BooleanAnswer()


_CELLS: Final[Mapping[str, Callable[[Reader], Answer]]] = {
    "number": parse_number,
    "text": parse_text,
    "single": _single,
    "date": parse_date,
    "yesno": _yesno,
}


def _totals(reader: Reader, keys: tuple[str, ...]) -> tuple[bool, ...]:
    raw = reader.raw("totals")
    if raw is None:
        return tuple(False for _ in keys)
    totals = reader.inner("totals", raw)
    wanted = tuple(totals.flag(key) for key in keys)
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


def _check(reader: Reader, table: Table) -> None:
    cells = len(table.rows) * len(table.columns)
    if cells > MAX_CELLS:
        reader.refuse(f"表の欄は{MAX_CELLS:,}以下にしてください。")
    if table.disabled and len(table.disabled) == cells:
        reader.refuse("表の全ての欄が入力不可になっています。")
    if (table.row_totals or table.column_totals) and table.columns and not table.number_columns:
        reader.refuse("合計する数値の列がありません。")
    if table.row_totals and len({column.unit for column in table.number_columns}) > 1:
        reader.refuse("単位の異なる列を、行の合計にすることはできません。")
