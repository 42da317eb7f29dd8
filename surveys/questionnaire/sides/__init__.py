"""Sides: amounts that rules compare and calculated questions show."""

from surveys.questionnaire.sides.leaves import (
    AnsweredTime,
    Calendar,
    CellsAmount,
    ConstantAmount,
    FixedTime,
    QuestionAmount,
    Read,
    RowsAmount,
    SpanAmount,
    number_in,
    place_of_day,
    place_of_month,
)
from surveys.questionnaire.sides.trees import (
    Amount,
    ChangeAmount,
    Operation,
    Operator,
    PreviousAmount,
    RoundedAmount,
    half_up,
    nodes,
)

__all__ = [
    "Amount",
    "AnsweredTime",
    "Calendar",
    "CellsAmount",
    "ChangeAmount",
    "ConstantAmount",
    "FixedTime",
    "Operation",
    "Operator",
    "PreviousAmount",
    "QuestionAmount",
    "Read",
    "RoundedAmount",
    "RowsAmount",
    "SpanAmount",
    "half_up",
    "nodes",
    "number_in",
    "place_of_day",
    "place_of_month",
]
