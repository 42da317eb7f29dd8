"""Rules: comparisons of two sides, and rows that must differ."""

from collections.abc import Sequence
from typing import Final

from surveys.questionnaire.conditions import Condition, Op
from surveys.questionnaire.document import Question
from surveys.questionnaire.parsing.conditions import parse_condition
from surveys.questionnaire.parsing.reader import Reader, shown
from surveys.questionnaire.parsing.scope import Scope
from surveys.questionnaire.parsing.sides import parse_side
from surveys.questionnaire.rules import ComparisonRule, Rule, RuleLevel, UniqueRule

_OPS: Final = ("eq", "ne", "le", "lt", "ge", "gt")


def parse_rule(reader: Reader, scope: Scope) -> Rule | None:
    """Return the rule; None when it is refused. `scope` holds all questions by now."""
    name = reader.identifier()
    reader.where = name or reader.where
    level = _word(reader, "level", [level.value for level in RuleLevel])
    message = reader.text("message")
    when = parse_condition(reader, "when", scope)
    parse = _unique if reader.has("unique") else _comparison
    rule = parse(reader, scope, name, RuleLevel(level or RuleLevel.ERROR), message, when)
    reader.close()
    return rule if level else None


def _word(reader: Reader, key: str, words: Sequence[str]) -> str:
    value = reader.raw(key)
    if isinstance(value, str) and value in words:
        return value
    reader.refuse(f"規則の{key}は、{'、'.join(words)}のいずれかで指定してください。")
    return ""


def _comparison(
    reader: Reader,
    scope: Scope,
    name: str,
    level: RuleLevel,
    message: str,
    when: Condition | None,
) -> Rule | None:
    op = _word(reader, "op", _OPS)
    left, right = parse_side(reader, "left", scope), parse_side(reader, "right", scope)
    if left is None or right is None or not op:
        return None
    reads = [*left.reads(), *right.reads()]
    if not reads:
        reader.refuse("規則が、今回のどの設問も参照していません。")
        return None
    return ComparisonRule(
        id=name,
        level=level,
        left=left,
        op=Op(op),
        right=right,
        message=message,
        when=when,
        question_ids=tuple(dict.fromkeys(question_id for question_id, _ in reads)),
        field_keys=tuple(dict.fromkeys(key for _, key in reads)),
    )


def _unique(
    reader: Reader,
    scope: Scope,
    name: str,
    level: RuleLevel,
    message: str,
    when: Condition | None,
) -> Rule | None:
    parts = reader.items("unique", least=2, most=2)
    question = scope.find(reader, parts[0] if parts else None)
    if question is None:
        return None
    if question.table is None:
        reader.refuse(f"設問「{question.id}」は表ではありません。")
        return None
    columns = _columns(reader, question, parts[1] if len(parts) == 2 else None, scope)
    rows = _rows(question, columns, scope)
    return UniqueRule(name, level, question.id, columns, rows, message, when) if columns else None


def _columns(reader: Reader, question: Question, raw: object, scope: Scope) -> tuple[str, ...]:
    names = tuple(map(shown, raw)) if isinstance(raw, list | tuple) else ()
    if not names or len(set(names)) < len(names):
        reader.refuse("uniqueは、[表, [列, …]] の形で、列を重複なく書いてください。")
        return ()
    for name in names:
        if not scope.cells(question, None, name):
            reader.refuse(f"表「{question.id}」に、入力できる列「{name}」はありません。")
            return ()
    return names


def _rows(
    question: Question, columns: tuple[str, ...], scope: Scope
) -> tuple[tuple[str, ...], ...]:
    """Return the keys of the columns in each row where all of them are enabled."""
    by_row: dict[str, dict[str, str]] = {}
    for column in columns:
        for cell in scope.cells(question, None, column):
            by_row.setdefault(cell.row.id if cell.row else "", {})[column] = cell.key
    complete = [keys for keys in by_row.values() if len(keys) == len(columns)]
    return tuple(tuple(keys[column] for column in columns) for keys in complete)
