"""Values that are written out in a formula: numbers, texts, days, truth."""

from typing import Final, TypeAlias

from surveys.questionnaire.formulas.errors import FormulaError
from surveys.questionnaire.formulas.nodes import Call, Group, Negative, Node, Number, Text
from surveys.questionnaire.kinds.month import iso_month
from surveys.questionnaire.parsing.days import iso_day

Literal: TypeAlias = str | int | float | bool

_TRUTH: Final = {"true": True, "false": False}
_MOMENTS: Final = {"date": (iso_day, "2026-04-01"), "month": (iso_month, "2026-04")}


def literal(node: Node) -> Literal | None:
    """Return the value that is written out, None where something else stands."""
    match node:
        case Number(value=value) | Text(value=value):
            return value
        case Negative(inner=Number(value=number)):
            return -number
        case Group(inner=inner):
            return literal(inner)
        case Call(name=name, arguments=()) if name in _TRUTH:
            return _TRUTH[name]
        case Call(name=name) if name in _MOMENTS:
            return moment(node)
    return None


def moment(call: Call) -> str:
    """Return the day or month that `date('…')` or `month('…')` names."""
    parse, example = _MOMENTS[call.name]
    match call.arguments:
        case (Text(value=text),) if parse(text) is not None:
            return text
    usage = f"{call.name}('{example}')"
    raise FormulaError(f"{call.name}は、{usage}の形で書いてください。", call.position)
