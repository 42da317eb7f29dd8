"""Conditions, checked against the questions that come before them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from surveys.questionnaire.attributes import VOCABULARY
from surveys.questionnaire.conditions import (
    AllOf,
    AnswerCondition,
    AnyOf,
    AttributeCondition,
    Condition,
    Constant,
    Not,
    Op,
)
from surveys.questionnaire.document import Question, QuestionType
from surveys.questionnaire.parsing.days import iso_day
from surveys.questionnaire.parsing.reader import Reader, exact_number, shown

MAX_DEPTH: Final = 8
_ORDER: Final = frozenset((Op.EQ, Op.NE, Op.GT, Op.GE, Op.LT, Op.LE))
_OPS: Final = {
    QuestionType.SINGLE: frozenset((Op.EQ, Op.NE, Op.IN)),
    QuestionType.MULTIPLE: frozenset((Op.CONTAINS, Op.NOT_CONTAINS)),
    QuestionType.YESNO: frozenset((Op.EQ, Op.NE)),
    QuestionType.NUMBER: _ORDER,
    QuestionType.DATE: _ORDER,
}


@dataclass(slots=True)
class Scope:
    """What may be referred to: the questions `before`, of `everything` there is."""

    everything: list[str]
    before: dict[str, Question] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    own_id: str = ""

    def find(self, reader: Reader, question_id: object) -> Question | None:
        """Return the question referred to; refuse a missing, forward or own reference."""
        if isinstance(question_id, str) and question_id in self.before:
            return self.before[question_id]
        name = shown(question_id)
        if name in self.refused:
            return None  # one problem is enough: the question itself has been noted
        if name and name == self.own_id:
            reader.refuse(f"自分自身（{name}）を参照しています。")
        elif name in self.everything:
            reader.refuse(f"後にある設問「{name}」を参照しています。前の設問だけを参照できます。")
        else:
            reader.refuse(f"設問「{name}」はありません。")
        return None


def parse_condition(reader: Reader, key: str, scope: Scope) -> Condition | None:
    """Return the condition under `key`, None when there is none or it is refused."""
    raw = reader.raw(key)
    return None if raw is None else _condition(_named(reader, raw), scope, 1)


def _named(reader: Reader, raw: object) -> Reader:
    """Read inside, but report under the question: that is where an author looks."""
    return Reader(raw, reader.where, reader.problems)


def _condition(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    if depth > MAX_DEPTH:
        reader.refuse(f"条件の入れ子は{MAX_DEPTH}段までです。")
        return None
    for key, parse in _FORMS.items():
        if reader.has(key):
            condition = parse(reader, scope, depth)
            reader.close()
            return condition
    reader.refuse("条件は、q、attr、all、any、notのいずれかで書いてください。")
    return None


def _parts(reader: Reader, key: str, scope: Scope, depth: int) -> tuple[Condition, ...]:
    parts = [_named(reader, part) for part in reader.items(key, most=50)]
    found = [_condition(part, scope, depth + 1) for part in parts]
    return tuple(part for part in found if part is not None)


def _all(reader: Reader, scope: Scope, depth: int) -> Condition:
    return AllOf(_parts(reader, "all", scope, depth))


def _any(reader: Reader, scope: Scope, depth: int) -> Condition:
    return AnyOf(_parts(reader, "any", scope, depth))


def _not(reader: Reader, scope: Scope, depth: int) -> Condition | None:
    part = _condition(_named(reader, reader.raw("not")), scope, depth + 1)
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
    name, raw = reader.raw("op"), reader.raw("value")
    if question is None:
        return None
    if name == Op.ANSWERED:
        return AnswerCondition(question.id, Op.ANSWERED)
    if not isinstance(name, str) or name not in _OPS.get(question.type, ()):
        reader.refuse(f"設問「{question.id}」（{question.type}）には、このopを使えません。")
        return None
    op = Op(name)
    value = _constant(question, op, raw)
    if value is None:
        reader.refuse(f"設問「{question.id}」の値として、valueが正しくありません。")
        return None
    return AnswerCondition(question.id, op, value)


def _constant(question: Question, op: Op, raw: object) -> Constant:
    """Return the value to compare with; None when it can't be a value of the question."""
    if question.type is QuestionType.NUMBER:
        return exact_number(raw)
    if question.type is QuestionType.YESNO:
        return raw if isinstance(raw, bool) else None
    if question.type is QuestionType.DATE:
        return iso_day(raw)
    options = {option.value for option in question.options}
    if op is Op.IN:
        words = frozenset(map(shown, raw)) if isinstance(raw, list) else frozenset()
        return words if words and words <= options else None
    return raw if isinstance(raw, str) and raw in options else None


_FORMS: Final[dict[str, Callable[[Reader, Scope, int], Condition | None]]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "attr": _attribute,
    "q": _answer,
}
