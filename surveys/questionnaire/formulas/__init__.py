"""Conditions, rules and calculations as text, in the words of XLSForm.

The document holds them as JSON; the formula view of the builder and the exchange with
XLSForm read and write this text. Reading what was written gives the same JSON.
"""

from surveys.questionnaire.formulas.errors import FormulaError
from surveys.questionnaire.formulas.reading import (
    read_condition,
    read_rule,
    read_rules,
    read_side,
)
from surveys.questionnaire.formulas.writing import write_condition, write_rule
from surveys.questionnaire.formulas.writing_sides import write_side

__all__ = [
    "FormulaError",
    "read_condition",
    "read_rule",
    "read_rules",
    "read_side",
    "write_condition",
    "write_rule",
    "write_side",
]
