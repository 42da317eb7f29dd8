"""Conditions, rules and formulas in Japanese sentences, for the code book and the builder."""

from decimal import Decimal
from typing import Final

from surveys.questionnaire.attributes import ATTRIBUTE_LABELS, VOCABULARY
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
from surveys.questionnaire.document import Field, Questionnaire
from surveys.questionnaire.kinds import ValueKind, YearAnswer
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.kinds.date import in_wareki
from surveys.questionnaire.kinds.month import month_in_wareki
from surveys.questionnaire.rules import ComparisonRule, Rule, UniqueRule
from surveys.questionnaire.sides import Amount
from surveys.questionnaire.wording import side_in_words

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
    Op.FIRST: "{value}である",
}
_DATE_PHRASES: Final = _PHRASES | {
    Op.GT: "{value}より後である",
    Op.GE: "{value}以後である",
    Op.LT: "{value}より前である",
    Op.LE: "{value}以前である",
}
_IN_TIME: Final = (ValueKind.DATE, ValueKind.MONTH, ValueKind.YEAR)
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
    demand = _demand(rule, questionnaire)
    if rule.when is None:
        return demand
    return f"{describe(rule.when, questionnaire)}、{demand}"


def describe_formula(formula: Amount, questionnaire: Questionnaire) -> str:
    """Return what a calculated question shows: 「費用」÷「人数」（小数第2位を四捨五入）."""
    words = side_in_words(formula, questionnaire)
    whole = words.startswith("（") and words.endswith("）") and words.count("（") == 1
    return words[1:-1] if whole else words


def _demand(rule: Rule, questionnaire: Questionnaire) -> str:
    match rule:
        case ComparisonRule():
            left = side_in_words(rule.left, questionnaire)
            right = side_in_words(rule.right, questionnaire)
            return f"{left}は、{right}{_RULE_PHRASES[rule.op]}こと。"
        case UniqueRule():
            table = questionnaire.question(rule.question_id)
            fields = questionnaire.fields_of(rule.question_id)
            labels = {field.column.id: field.column.label for field in fields if field.column}
            names = "と".join(f"「{labels[column]}」" for column in rule.column_ids)
            together = "の組合せ" if len(rule.column_ids) > 1 else ""
            return f"「{table.label}」の{names}{together}は、行ごとに異なること。"


def _clause(condition: Condition, questionnaire: Questionnaire) -> str:
    match condition:
        case AnswerCondition() | CellCondition():
            return _answer(condition, questionnaire)
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


def _answer(condition: AnswerCondition | CellCondition, questionnaire: Questionnaire) -> str:
    question = questionnaire.question(condition.question_id)
    if condition.op is Op.ANSWERED and isinstance(condition, AnswerCondition):
        return f"「{question.label}」に回答した"
    key = condition.key if isinstance(condition, CellCondition) else condition.question_id
    field = questionnaire.field(key)
    if condition.op is Op.ANSWERED:
        return f"「{field.label}」に回答した"
    phrases = _DATE_PHRASES if field.kind in _IN_TIME else _PHRASES
    value = _value(condition.value, field)
    place = "の1位" if condition.op is Op.FIRST else ""
    return f"「{field.label}」{place}が{phrases[condition.op].format(value=value)}"


def _value(value: object, field: Field) -> str:
    if isinstance(value, bool):
        return f"「{YES if value else NO}」"
    if field.kind in _IN_TIME:
        return _moment(value, field)
    if isinstance(value, Decimal):
        return f"{value:,}{field.unit}"
    wanted = value if isinstance(value, frozenset) else {value}
    labels = [option.label for option in field.options if option.value in wanted]
    return "又は".join(f"「{label}」" for label in labels or sorted(map(str, wanted)))


def _moment(value: object, field: Field) -> str:
    if isinstance(field.answer, YearAnswer):
        return field.answer.in_words(int(str(value)))
    return month_in_wareki(str(value)) if field.kind is ValueKind.MONTH else in_wareki(str(value))
