"""Conditions, checked against the questions that come before them."""

from collections.abc import Callable
from typing import Final

from surveys.questionnaire.attributes import VOCABULARY
from surveys.questionnaire.conditions import (
    AllOf,
    AnswerCondition,
    AnyOf,
    AttributeCondition,
    CellCondition,
    Condition,
    Not,
    Op,
)
from surveys.questionnaire.parsing.comparing import compared_with
from surveys.questionnaire.parsing.reader import Reader, shown
from surveys.questionnaire.parsing.scope import Scope

MAX_DEPTH: Final = 8


def parse_condition(reader: Reader, key: str, scope: Scope) -> Condition | None:
    """Return the condition under `key`, None when there is none or it is refused."""
    raw = reader.raw(key)
    return None if raw is None else _condition(reader.within(raw), scope, 1)


def _condition(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    if depth > MAX_DEPTH:
        reader.refuse(f"条件の入れ子は{MAX_DEPTH}段までです。")
        return None
    for key, parse in _FORMS.items():
        if reader.has(key):
            condition = parse(reader, scope, depth)
            reader.close()
            return condition
    reader.refuse("条件は、q、cell、row、attr、all、any、notのいずれかで書いてください。")
    return None


def _parts(reader: Reader, key: str, scope: Scope, depth: int) -> tuple[Condition, ...]:
    parts = [reader.within(part) for part in reader.items(key, most=50)]
    found = [_condition(part, scope, depth + 1) for part in parts]
    return tuple(part for part in found if part is not None)


def _all(reader: Reader, scope: Scope, depth: int) -> Condition:
    return AllOf(_parts(reader, "all", scope, depth))


def _any(reader: Reader, scope: Scope, depth: int) -> Condition:
    return AnyOf(_parts(reader, "any", scope, depth))


def _not(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    part = _condition(reader.within(reader.raw("not")), scope, depth + 1)
    return None if part is None else Not(part)


def _attribute(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    name, op, value = reader.raw("attr"), reader.raw("op"), reader.raw("value")
    if not isinstance(name, str) or name not in VOCABULARY:
        reader.refuse(f"団体の属性「{shown(name)}」はありません。")
        return None
    if op not in (Op.EQ, Op.IN):
        reader.refuse("団体の属性の条件に使えるopは、eqとinです。")
        return None
    wanted = value if op == Op.IN and isinstance(value, list) else [value]
    values = tuple(_csv_word(word) for word in wanted)
    if not values or not all(word in VOCABULARY[name] for word in values):
        reader.refuse(f"団体の属性「{name}」に無い値が指定されています。")
        return None
    return AttributeCondition(name, values)


def _csv_word(value: object) -> str:
    """Return the value as it is in local_governments.csv, where truth is a word."""
    return str(value).lower() if isinstance(value, bool) else shown(value)


def _answer(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    question = scope.find(reader, reader.raw("q"))
    name = reader.raw("op")
    if question is None:
        reader.raw("value")
        return None
    if name == Op.ANSWERED and scope.fields_of(question):
        return AnswerCondition(question.id, Op.ANSWERED)
    compared = compared_with(reader, question, scope.own_field(question))
    return None if compared is None else AnswerCondition(question.id, *compared)


def _cell(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    return _in_table(reader, reader.items("cell", least=3, most=3), scope)


def _row(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    return _in_table(reader, reader.items("row", least=2, most=2), scope)


def _in_table(reader: Reader, raws: list[object], scope: Scope) -> Condition | None:
    path = [shown(part) for part in raws]
    question = scope.find(reader, path[0] if path else None)
    field = None if question is None else scope.cell(question, path)
    if question is None or field is None or field.row is None:
        if question is not None:
            reader.refuse(f"表「{question.id}」に、入力できる欄{path[1:]}はありません。")
        reader.raw("op"), reader.raw("value")
        return None
    column_id = field.column.id if field.column else None
    place = question.id, field.row.id, column_id, field.key
    if reader.raw("op") == Op.ANSWERED:
        return CellCondition(*place, Op.ANSWERED)
    compared = compared_with(reader, question, field)
    return None if compared is None else CellCondition(*place, *compared)


_FORMS: Final[dict[str, Callable[[Reader, Scope, int], Condition | None]]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "attr": _attribute,
    "q": _answer,
    "cell": _cell,
    "row": _row,
}
