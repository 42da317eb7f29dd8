"""Tables and matrices as the lines of a sheet."""

from collections.abc import Iterator, Sequence

from surveys.answerbook.hints import hint
from surveys.answerbook.lines import FIRST, LABEL, LAST_TEXT, WIDE, Box, Line, Look, Total, line
from surveys.answerbook.questions import Sheetful, input_box, number_format
from surveys.questionnaire import Field, Question
from surveys.questionnaire.kinds import NumberAnswer
from surveys.questionnaire.tables import Column, Matrix, Row, Table

_NOTHING = "／"
_SUM = "合計"


def matrix_lines(question: Question, matrix: Matrix, whole: Sheetful) -> Iterator[Line]:
    """One choice a line."""
    yield line(
        Box(LABEL, hint(question) or None, Look.ROW_HEAD),
        Box(FIRST, "回答（一覧から一つ選択）", Look.HEAD, WIDE),
    )
    for field in whole.questionnaire.fields_of(question.id):
        label = field.row.label if field.row else ""
        yield line(Box(LABEL, label, Look.ROW_HEAD), input_box(field, FIRST, whole, span=WIDE))


def table_lines(question: Question, table: Table, whole: Sheetful) -> Iterator[Line]:
    """Hint, heads, rows, totals."""
    if words := hint(question):
        yield line(Box(LABEL, words, Look.HINT, LAST_TEXT - LABEL + 1))
    fields = whole.questionnaire.fields_of(question.id)
    yield _heads(table)
    for row in table.rows:
        yield _row(table, row, [field for field in fields if field.row == row], whole)
    if table.column_totals:
        yield _totals(table, fields)


def _heads(table: Table) -> Line:
    boxes = [
        Box(FIRST + place, _head(column), Look.HEAD) for place, column in enumerate(table.columns)
    ]
    if table.row_totals:
        unit = f"（{table.unit}）" if table.unit else ""
        boxes.append(Box(FIRST + len(table.columns), f"{_SUM}{unit}", Look.HEAD))
    return line(Box(LABEL, None, Look.HEAD), *boxes)


def _head(column: Column) -> str:
    required = "※" if column.required else ""
    return f"{column.label}（{column.unit}）{required}" if column.unit else column.label + required


def _row(table: Table, row: Row, cells: Sequence[Field], whole: Sheetful) -> Line:
    by_column = {cell.column: cell for cell in cells}
    boxes = [
        input_box(by_column[column], FIRST + place, whole)
        if column in by_column
        else Box(FIRST + place, _NOTHING, Look.LOCKED)
        for place, column in enumerate(table.columns)
    ]
    if table.row_totals:
        boxes.append(_total(table, cells, FIRST + len(table.columns)))
    return line(Box(LABEL, row.label, Look.ROW_HEAD), *boxes)


def _totals(table: Table, fields: Sequence[Field]) -> Line:
    boxes = [
        _total(table, [field for field in fields if field.column == column], FIRST + place)
        if column in table.number_columns
        else Box(FIRST + place, None, Look.LOCKED)
        for place, column in enumerate(table.columns)
    ]
    if table.row_totals:
        boxes.append(_total(table, fields, FIRST + len(table.columns)))
    return line(Box(LABEL, _SUM, Look.ROW_HEAD), *boxes)


def _total(table: Table, cells: Sequence[Field], place: int) -> Box:
    numbers = [cell for cell in cells if cell.column in table.number_columns]
    places = [c.answer.decimals for c in numbers if isinstance(c.answer, NumberAnswer)]
    return Box(
        place,
        None,
        Look.TOTAL,
        format=number_format(max(places, default=0)),
        formula=Total(tuple(cell.key for cell in numbers)),
    )
