"""Sides of rules and formulas in Japanese."""

from collections.abc import Mapping
from typing import Final

from surveys.questionnaire.document import Questionnaire
from surveys.questionnaire.kinds.date import in_wareki
from surveys.questionnaire.kinds.month import month_in_wareki
from surveys.questionnaire.sides import (
    Amount,
    AnsweredTime,
    Calendar,
    CellsAmount,
    ChangeAmount,
    ConstantAmount,
    FixedTime,
    Operation,
    Operator,
    PreviousAmount,
    QuestionAmount,
    RoundedAmount,
    RowsAmount,
    SpanAmount,
)

_SIGNS: Final[Mapping[Operator, str]] = {
    Operator.SUM: "＋",
    Operator.DIFFERENCE: "－",
    Operator.PRODUCT: "×",
    Operator.QUOTIENT: "÷",
}


def side_in_words(amount: Amount, questionnaire: Questionnaire) -> str:
    """Return what a side amounts to: （「常勤」＋「非常勤」）×2."""
    match amount:
        case QuestionAmount():
            return f"「{questionnaire.question(amount.question_id).label}」"
        case CellsAmount():
            return _cells(amount, questionnaire)
        case RowsAmount():
            return f"「{questionnaire.question(amount.question_id).label}」の行数"
        case ConstantAmount():
            return f"{amount.value:,f}"
        case SpanAmount():
            return _span(amount, questionnaire)
        case Operation():
            return _operation(amount, questionnaire)
        case RoundedAmount():
            return f"{side_in_words(amount.part, questionnaire)}（{_rounding(amount.decimals)}）"
        case PreviousAmount():
            return f"前回の{side_in_words(amount.part, questionnaire)}"
        case ChangeAmount():
            return f"{side_in_words(amount.part, questionnaire)}の前回からの増減率"


def _operation(operation: Operation, questionnaire: Questionnaire) -> str:
    parts = [_part(part, operation.operator, questionnaire) for part in operation.parts]
    match operation.operator:
        case Operator.MAGNITUDE:
            return f"{parts[0]}の絶対値"
        case Operator.SUM | Operator.DIFFERENCE:
            return f"（{_SIGNS[operation.operator].join(parts)}）"
        case _:
            return _SIGNS[operation.operator].join(parts)


def _part(part: Amount, within: Operator, questionnaire: Questionnaire) -> str:
    """Bracket what ÷ and × would otherwise tear apart."""
    words = side_in_words(part, questionnaire)
    inner = part.operator if isinstance(part, Operation) else None
    factors = (Operator.PRODUCT, Operator.QUOTIENT)
    return (
        f"（{words}）" if inner in factors and within in (*factors, Operator.MAGNITUDE) else words
    )


def _rounding(decimals: int) -> str:
    return f"小数第{decimals + 1}位を四捨五入"


def _cells(amount: CellsAmount, questionnaire: Questionnaire) -> str:
    question = questionnaire.question(amount.question_id)
    fields = questionnaire.fields_of(amount.question_id)
    rows = {field.row.id: field.row.label for field in fields if field.row}
    columns = {field.column.id: field.column.label for field in fields if field.column}
    if amount.row_id is None:
        return f"「{question.label}」の「{columns[amount.column_id or '']}」の合計"
    if amount.column_id is None:
        return f"「{question.label}」の「{rows[amount.row_id]}」の合計"
    return f"「{question.label}」の「{rows[amount.row_id]}／{columns[amount.column_id]}」"


def _span(span: SpanAmount, questionnaire: Questionnaire) -> str:
    unit = "日数" if span.calendar is Calendar.DAYS else "月数"
    first, second = (_end(end, questionnaire) for end in (span.first, span.second))
    return f"{first}から{second}までの{unit}"


def _end(end: AnsweredTime | FixedTime, questionnaire: Questionnaire) -> str:
    if isinstance(end, AnsweredTime):
        return f"「{questionnaire.question(end.question_id).label}」"
    return _moment(end.value)


def _moment(iso: str) -> str:
    return month_in_wareki(iso) if len(iso) == len("2026-04") else in_wareki(iso)
