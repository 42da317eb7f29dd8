"""The questionnaire engine: parse, normalise, evaluate. It knows no Django.

The web form, the workbook, the import and the compilation all ask it; no rule is
written twice. The document it reads is described in docs/questionnaire.md.
"""

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.document import (
    Column,
    Field,
    Image,
    Matrix,
    Note,
    Question,
    Questionnaire,
    QuestionType,
    Row,
    Section,
    Table,
)
from surveys.questionnaire.evaluation import evaluate, state_of
from surveys.questionnaire.findings import (
    Evaluation,
    Finding,
    Level,
    SectionState,
    TableTotals,
)
from surveys.questionnaire.kinds import FreeText, Option, ValueKind
from surveys.questionnaire.normalising import check_value, normalise, restore
from surveys.questionnaire.parsing import parse_questionnaire
from surveys.questionnaire.problems import DefinitionError, Problem
from surveys.questionnaire.rules import Rule, RuleLevel
from surveys.questionnaire.values import (
    NONE_APPLICABLE,
    FieldState,
    InvalidValue,
    Value,
    is_blank,
    to_json,
)
from surveys.questionnaire.visibility import visible_fields_of

__all__ = [
    "NONE_APPLICABLE",
    "Column",
    "DefinitionError",
    "Evaluation",
    "Field",
    "FieldState",
    "Finding",
    "FreeText",
    "Image",
    "InvalidValue",
    "Level",
    "Matrix",
    "Note",
    "Option",
    "Problem",
    "Question",
    "QuestionType",
    "Questionnaire",
    "Respondent",
    "Row",
    "Rule",
    "RuleLevel",
    "Section",
    "SectionState",
    "Table",
    "TableTotals",
    "Value",
    "ValueKind",
    "check_value",
    "evaluate",
    "is_blank",
    "normalise",
    "parse_questionnaire",
    "restore",
    "state_of",
    "to_json",
    "visible_fields_of",
]
