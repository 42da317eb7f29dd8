"""The kinds of value: each knows its limits and reads what a form or a cell gives."""

from typing import TypeAlias

from surveys.questionnaire.kinds.boolean import BooleanAnswer
from surveys.questionnaire.kinds.choice import (
    ChoiceAnswer,
    ChoicesAnswer,
    FreeText,
    Option,
)
from surveys.questionnaire.kinds.date import DateAnswer
from surveys.questionnaire.kinds.files import FilesAnswer
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.kinds.number import NumberAnswer
from surveys.questionnaire.kinds.text import TextAnswer

Answer: TypeAlias = (
    TextAnswer
    | NumberAnswer
    | ChoiceAnswer
    | ChoicesAnswer
    | BooleanAnswer
    | DateAnswer
    | FilesAnswer
)

__all__ = [
    "Answer",
    "BooleanAnswer",
    "ChoiceAnswer",
    "ChoicesAnswer",
    "DateAnswer",
    "FilesAnswer",
    "FreeText",
    "NumberAnswer",
    "Option",
    "TextAnswer",
    "ValueKind",
]
