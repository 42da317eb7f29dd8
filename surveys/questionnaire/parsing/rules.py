"""Rules and their expressions."""

from collections.abc import Callable, Sequence
from typing import Final

from surveys.questionnaire.conditions import Op
from surveys.questionnaire.document import Question, QuestionType, Table
from surveys.questionnaire.fields import cell_key
from surveys.questionnaire.parsing.conditions import MAX_DEPTH, Scope, parse_condition
from surveys.questionnaire.parsing.reader import Reader, exact_number, shown
from surveys.questionnaire.rules import (
    Amount,
    CellsAmount,
    ConstantAmount,
    QuestionAmount,
    Rule,
    RuleLevel,
    ScaledAmount,
    SumAmount,
)

_OPS: Final = ("eq", "ne", "le", "lt", "ge", "gt")


def parse_rule(reader: Reader, scope: Scope) -> Rule | None:
    """Return the rule; None when it is refused. `scope` holds all questions by now."""
    name = reader.identifier()
    reader.where = name or reader.where
    level = _word(reader, "level", [level.value for level in RuleLevel])
    op = _word(reader, "op", _OPS)
    left, right = parse_side(reader, "left", scope), parse_side(reader, "right", scope)
    message = reader.text("message")
    when = parse_condition(reader, "when", scope)
    reader.close()
    if left is None or right is None or not level or not op:
        return None
    reads = [*left.reads(), *right.reads()]
    if not reads:
        reader.refuse("規則が、どの設問も参照していません。")
        return None
    return Rule(
        id=name,
        level=RuleLevel(level),
        left=left,
        op=Op(op),
        right=right,
        message=message,
        when=when,
        question_ids=tuple(dict.fromkeys(question_id for question_id, _ in reads)),
        field_keys=tuple(dict.fromkeys(key for _, key in reads)),
    )


def _word(reader: Reader, key: str, words: Sequence[str]) -> str:
    value = reader.raw(key)
    if isinstance(value, str) and value in words:
        return value
    reader.refuse(f"規則の{key}は、{'、'.join(words)}のいずれかで指定してください。")
    return ""


def parse_side(reader: Reader, key: str, scope: Scope) -> Amount | None:
    """Return the amount under `key` of a rule or a formula; None when it is refused."""
    return _amount(Reader(reader.raw(key), reader.where, reader.problems), scope, 1)


def _amount(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    if depth > MAX_DEPTH:
        reader.refuse(f"式の入れ子は{MAX_DEPTH}段までです。")
        return None
    for key, parse in _FORMS.items():
        if reader.has(key):
            amount = parse(reader, scope, depth)
            reader.close()
            return amount
    reader.refuse("式は、q、cell、row_sum、col_sum、sum、mul、constのいずれかで書いてください。")
    return None


def _question(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    question = scope.find(reader, reader.raw("q"))
    if question is None:
        return None
    if question.type is not QuestionType.NUMBER:
        reader.refuse(f"設問「{question.id}」は数値の設問ではありません。")
        return None
    return QuestionAmount(question.id)


def _cells(key: str) -> Callable[[Reader, Scope, int], Amount | None]:
    """Return the parser of a cell, a row's sum or a column's sum."""

    def parse(reader: Reader, scope: Scope, depth: int) -> Amount | None:
        path = [shown(part) for part in reader.items(key, least=2, most=3)]
        question = scope.find(reader, path[0] if path else "")
        if question is None:
            return None
        if not isinstance(question.answer, Table):
            reader.refuse(f"設問「{question.id}」は表ではありません。")
            return None
        row = path[1] if key != "col_sum" else None
        column = path[-1] if key != "row_sum" else None
        if len(path) == (3 if key == "cell" else 2):
            keys = _enabled(question, question.answer, row, column)
            if keys:
                return CellsAmount(question.id, row, column, keys)
        reader.refuse(f"表「{question.id}」に、入力できる欄{path[1:]}はありません。")
        return None

    return parse


def _enabled(
    question: Question, table: Table, row_id: str | None, column_id: str | None
) -> tuple[str, ...]:
    return tuple(
        cell_key(question.id, row.id, column.id)
        for row in table.rows
        for column in table.columns
        if row_id in (None, row.id) and column_id in (None, column.id)
        if (row.id, column.id) not in table.disabled and column in table.number_columns
    )


def _sum(reader: Reader, scope: Scope, depth: int) -> Amount:
    raws = reader.items("sum", most=200)
    parts = [_amount(Reader(r, reader.where, reader.problems), scope, depth + 1) for r in raws]
    return SumAmount(tuple(part for part in parts if part is not None))


def _scaled(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    raws = reader.items("mul", least=2, most=2)
    factor = exact_number(raws[1]) if len(raws) == 2 else None
    if factor is None:
        reader.refuse("mulは、[式, 数] の形で書いてください。")
        return None
    part = _amount(Reader(raws[0], reader.where, reader.problems), scope, depth + 1)
    return None if part is None else ScaledAmount(part, factor)


def _constant(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    number = exact_number(reader.raw("const"))
    if number is None:
        reader.refuse("constは、15桁以内の数で指定してください。")
        return None
    return ConstantAmount(number)


_FORMS: Final[dict[str, Callable[[Reader, Scope, int], Amount | None]]] = {
    "q": _question,
    "cell": _cells("cell"),
    "row_sum": _cells("row_sum"),
    "col_sum": _cells("col_sum"),
    "sum": _sum,
    "mul": _scaled,
    "const": _constant,
}
