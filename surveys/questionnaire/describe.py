"""Conditions and rules in Japanese sentences, for the code book and the builder."""

from decimal import Decimal
from typing import Final

from surveys.questionnaire.attributes import ATTRIBUTE_LABELS, VOCABULARY
from surveys.questionnaire.conditions import (
    AllOf,
    AnswerCondition,
    AnyOf,
    AttributeCondition,
    Condition,
    Not,
    Op,
)
from surveys.questionnaire.document import Question, Questionnaire, QuestionType
from surveys.questionnaire.kinds import NumberAnswer
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.kinds.date import in_wareki
from surveys.questionnaire.rules import (
    Amount,
    CellsAmount,
    ConstantAmount,
    QuestionAmount,
    Rule,
    ScaledAmount,
    SumAmount,
)

_PHRASES: Final = {
    Op.EQ: "{value}である",
    Op.NE: "{value}でない",
    Op.IN: "{value}である",
    Op.GT: "{value}を超える",
    Op.GE: "{value}以上である",
    Op.LT: "{value}未満である",
    Op.LE: "{value}以下である",
    Op.CONTAINS: "{value}を含む",
    Op.NOT_CONTAINS: "{value}を含まない",
}
_DATE_PHRASES: Final = _PHRASES | {
    Op.GT: "{value}より後である",
    Op.GE: "{value}以後である",
    Op.LT: "{value}より前である",
    Op.LE: "{value}以前である",
}
_RULE_PHRASES: Final = {
    Op.EQ: "と等しい",
    Op.NE: "と等しくない",
    Op.GT: "を超える",
    Op.GE: "以上である",
    Op.LT: "未満である",
    Op.LE: "以下である",
}


def describe(condition: Condition, questionnaire: Questionnaire) -> str:
    """Return the condition as a clause: 「窓口を明確にしていますか。」が「はい」のとき."""
    clause = _clause(condition, questionnaire)
    noun = clause.removesuffix("である")
    return f"{noun}のとき" if noun != clause or clause.endswith("）") else f"{clause}とき"


def describe_rule(rule: Rule, questionnaire: Questionnaire) -> str:
    """Return what the rule demands, and when."""
    left, right = _amount(rule.left, questionnaire), _amount(rule.right, questionnaire)
    demand = f"{left}は、{right}{_RULE_PHRASES[rule.op]}こと。"
    if rule.when is None:
        return demand
    return f"{describe(rule.when, questionnaire)}、{demand}"


def _clause(condition: Condition, questionnaire: Questionnaire) -> str:
    match condition:
        case AnswerCondition():
            return _answer(condition, questionnaire.question(condition.question_id))
        case AttributeCondition():
            words = VOCABULARY[condition.attribute]
            values = "又は".join(f"「{words[value]}」" for value in condition.values)
            return f"回答団体の{ATTRIBUTE_LABELS[condition.attribute]}が{values}である"
        case AllOf():
            return _joined(condition.parts, "、かつ、", questionnaire)
        case AnyOf():
            return _joined(condition.parts, "、又は、", questionnaire)
        case Not():
            return f"（{_clause(condition.part, questionnaire)}）に当たらない"


def _joined(parts: tuple[Condition, ...], word: str, questionnaire: Questionnaire) -> str:
    if len(parts) == 1:
        return _clause(parts[0], questionnaire)
    return word.join(
        f"（{_clause(part, questionnaire)}）"
        if isinstance(part, AllOf | AnyOf)
        else _clause(part, questionnaire)
        for part in parts
    )


def _answer(condition: AnswerCondition, question: Question) -> str:
    subject = f"「{question.label}」"
    if condition.op is Op.ANSWERED:
        return f"{subject}に回答した"
    phrases = _DATE_PHRASES if question.type is QuestionType.DATE else _PHRASES
    value = _value(condition.value, question)
    return f"{subject}が{phrases[condition.op].format(value=value)}"


def _value(value: object, question: Question) -> str:
    if isinstance(value, bool):
        return f"「{YES if value else NO}」"
    if isinstance(value, Decimal):
        unit = question.answer.unit if isinstance(question.answer, NumberAnswer) else ""
        return f"{value:,}{unit}"
    if question.type is QuestionType.DATE:
        return in_wareki(str(value))
    wanted = value if isinstance(value, frozenset) else {value}
    labels = [option.label for option in question.options if option.value in wanted]
    return "又は".join(f"「{label}」" for label in labels)


def _amount(amount: Amount, questionnaire: Questionnaire) -> str:
    match amount:
        case QuestionAmount():
            return f"「{questionnaire.question(amount.question_id).label}」"
        case CellsAmount():
            return _cells(amount, questionnaire.question(amount.question_id))
        case SumAmount():
            return f"（{'＋'.join(_amount(part, questionnaire) for part in amount.parts)}）"
        case ScaledAmount():
            return f"{_amount(amount.part, questionnaire)}×{amount.factor:,}"
        case ConstantAmount():
            return f"{amount.value:,}"


def _cells(amount: CellsAmount, question: Question) -> str:
    table = question.table
    rows = {row.id: row.label for row in table.rows} if table else {}
    columns = {column.id: column.label for column in table.columns} if table else {}
    if amount.row_id is None:
        return f"「{question.label}」の「{columns[amount.column_id or '']}」の合計"
    if amount.column_id is None:
        return f"「{question.label}」の「{rows[amount.row_id]}」の合計"
    return f"「{question.label}」の「{rows[amount.row_id]}／{columns[amount.column_id]}」"
