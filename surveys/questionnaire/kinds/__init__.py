"""The kinds of value: each knows its limits and reads what a form or a cell gives."""

from typing import TypeAlias

from surveys.questionnaire.kinds.boolean import BooleanAnswer
from surveys.questionnaire.kinds.calculated import CalculatedAnswer
from surveys.questionnaire.kinds.choice import (
    ChoiceAnswer,
    ChoicesAnswer,
    FreeText,
    Option,
)
from surveys.questionnaire.kinds.date import DateAnswer
from surveys.questionnaire.kinds.files import FilesAnswer
from surveys.questionnaire.kinds.formats import TextFormat
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.kinds.month import MonthAnswer
from surveys.questionnaire.kinds.number import NumberAnswer
from surveys.questionnaire.kinds.organization import OrganizationAnswer
from surveys.questionnaire.kinds.ranking import RankingAnswer
from surveys.questionnaire.kinds.scale import ScaleAnswer
from surveys.questionnaire.kinds.text import TextAnswer
from surveys.questionnaire.kinds.year import YearAnswer

# ScaleAnswer is a NumberAnswer.
Answer: TypeAlias = (
    TextAnswer
    | NumberAnswer
    | ChoiceAnswer
    | ChoicesAnswer
    | RankingAnswer
    | BooleanAnswer
    | DateAnswer
    | YearAnswer
    | MonthAnswer
    | OrganizationAnswer
    | FilesAnswer
    | CalculatedAnswer
)

__all__ = [
    "Answer",
    "BooleanAnswer",
    "CalculatedAnswer",
    "ChoiceAnswer",
    "ChoicesAnswer",
    "DateAnswer",
    "FilesAnswer",
    "FreeText",
    "MonthAnswer",
    "NumberAnswer",
    "Option",
    "OrganizationAnswer",
    "RankingAnswer",
    "ScaleAnswer",
    "TextAnswer",
    "TextFormat",
    "ValueKind",
    "YearAnswer",
]
