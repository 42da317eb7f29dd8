"""From text to conditions, sides and rules of the document."""

from typing import Any

from surveys.questionnaire.formulas.errors import FormulaError
from surveys.questionnaire.formulas.grammar import parse
from surveys.questionnaire.formulas.nodes import Call, Chain, Comparison, Group, Node, Reference
from surveys.questionnaire.formulas.reading_conditions import OPS, condition
from surveys.questionnaire.formulas.reading_sides import side

Json = dict[str, Any]


def read_condition(text: str, *, own: str = "") -> Json:
    """Return the condition as it stands in the document (`visible_if`, `when`).

    `own` is the question that `.` stands for, where there is one. Raises FormulaError.
    """
    return condition(parse(text, own=own))


def read_side(text: str, *, own: str = "") -> Json:
    """Return the side of a rule, or the formula of a calculated question. Raises FormulaError."""
    return side(parse(text, own=own))


def read_rule(text: str, *, own: str = "") -> Json:
    """Return what a rule demands: `left`, `op`, `right`, or `unique`. Raises FormulaError."""
    return _demand(parse(text, own=own))


def read_rules(text: str, *, own: str = "") -> list[Json]:
    """Return each demand of a constraint, in which `and` joins them. Raises FormulaError."""
    return [_demand(node) for node in _joined(parse(text, own=own))]


def _joined(node: Node) -> list[Node]:
    match node:
        case Chain(operands=operands, signs=("and", *_)):
            return [part for operand in operands for part in _joined(operand)]
        case Group(inner=inner):
            return _joined(inner)
    return [node]


def _demand(node: Node) -> Json:
    match node:
        case Group(inner=inner):
            return _demand(inner)
        case Comparison():
            return {"left": side(node.left), "op": OPS[node.sign], "right": side(node.right)}
        case Call(name="unique"):
            return _unique(node)
    raise FormulaError("規則は、二つの式を比べて書いてください。", node.position)


def _unique(call: Call) -> Json:
    paths = [node.path for node in call.arguments if isinstance(node, Reference)]
    pairs = [path for path in paths if len(path) == 2]
    if not pairs or len(pairs) < len(call.arguments) or len({table for table, _ in pairs}) > 1:
        raise FormulaError(
            "uniqueは、unique(${表.列}, …)の形で、一つの表の列を書いてください。", call.position
        )
    return {"unique": [pairs[0][0], [column for _, column in pairs]]}
