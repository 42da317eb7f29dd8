"""The ends of sides: answers and constants."""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from surveys.questionnaire.document import Field, Question
from surveys.questionnaire.kinds import ValueKind
from surveys.questionnaire.parsing.reader import Reader, exact_number, shown
from surveys.questionnaire.parsing.scope import Scope
from surveys.questionnaire.sides import (
    Amount,
    CellsAmount,
    ConstantAmount,
    QuestionAmount,
    RowsAmount,
)

ParseLeaf: TypeAlias = Callable[[Reader, Scope], Amount | None]
_COUNTED: Final = frozenset((ValueKind.NUMBER, ValueKind.YEAR))


def question_amount(reader: Reader, scope: Scope) -> Amount | None:
    question = scope.find(reader, reader.raw("q"))
    if question is None:
        return None
    field = scope.own_field(question)
    if field is None or field.kind not in _COUNTED:
        reader.refuse(f"設問「{question.id}」は数値の設問ではありません。")
        return None
    return QuestionAmount(question.id)


def cells_amount(key: str) -> ParseLeaf:
    """Return the parser of a cell, a row's sum or a column's sum."""

    def parse(reader: Reader, scope: Scope) -> Amount | None:
        path = [shown(part) for part in reader.items(key, least=2, most=3)]
        question = scope.find(reader, path[0] if path else "")
        if question is None:
            return None
        if question.table is None:
            reader.refuse(f"設問「{question.id}」は表ではありません。")
            return None
        row = path[1] if key != "col_sum" else None
        column = path[-1] if key != "row_sum" else None
        cells = scope.cells(question, row, column)
        if len(path) != (3 if key == "cell" else 2) or not cells:
            reader.refuse(f"表「{question.id}」に、入力できる欄{path[1:]}はありません。")
            return None
        return _added_up(reader, question, row, column, cells)

    return parse


def _added_up(
    reader: Reader,
    question: Question,
    row: str | None,
    column: str | None,
    cells: Iterable[Field],
) -> Amount | None:
    keys = tuple(cell.key for cell in cells if cell.kind in _COUNTED)
    if not keys:
        reader.refuse(f"表「{question.id}」のこの欄は、数値の欄ではありません。")
        return None
    return CellsAmount(question.id, row, column, keys)


def count_rows_amount(reader: Reader, scope: Scope) -> Amount | None:
    question = scope.find(reader, reader.raw("count_rows"))
    if question is None:
        return None
    if question.table is None or not question.table.dynamic:
        reader.refuse(f"設問「{question.id}」は、行を追加できる表ではありません。")
        return None
    return RowsAmount(question.id, tuple(field.key for field in scope.fields_of(question)))


def constant_amount(reader: Reader, scope: Scope) -> Amount | None:
    number = exact_number(reader.raw("const"))
    if number is None:
        reader.refuse("constは、15桁以内の数で指定してください。")
        return None
    return ConstantAmount(number)
