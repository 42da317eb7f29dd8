"""Constraints: what is a limit of the answer itself, and what is a rule between questions."""

from collections.abc import Iterator
from typing import Final

from surveys.authoring.finding import Json
from surveys.questionnaire.formulas import FormulaError
from surveys.questionnaire.formulas.grammar import parse
from surveys.questionnaire.formulas.literals import Literal, literal
from surveys.questionnaire.formulas.nodes import (
    Call,
    Chain,
    Comparison,
    Group,
    Node,
    Reference,
    Text,
)
from surveys.questionnaire.formulas.reading_conditions import OPS, condition
from surveys.questionnaire.formulas.reading_sides import side

_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_LENGTHS: Final = frozenset({"text", "longtext", "email", "tel", "url"})
_MONTH: Final = len("2026-04")
_NO_RULE: Final = "この制約は、このポータルの規則では表せません。"


def split(formula: str, own: str) -> list[Node]:
    """The demands of a constraint that ``and`` joins. Raises FormulaError."""
    return list(_parts(parse(formula, own=own)))


def _parts(node: Node) -> Iterator[Node]:
    match node:
        case Chain(operands=operands, signs=("and", *_)):
            for part in operands:
                yield from _parts(part)
        case Group(inner=inner):
            yield from _parts(inner)
        case _:
            yield node


def limit(node: Node, question: Json, own: str, values: dict[str, str]) -> Json | None:
    """The keys of the question, which the formula calls ``own``, that say the demand; None when
    they can't. ``values`` are its choices by name.
    """
    match node:
        case Call(name="regex", arguments=(Reference(), Text(value=pattern))):
            return {"pattern": pattern} if question["type"] == "text" else None
        case Call(name="not", arguments=(inner,)):
            return _exclusive(inner, question, values)
        case Comparison(left=left, sign=sign, right=right):
            value = literal(right)
            if value is None:
                value, left, sign = literal(left), right, _MIRRORED[sign]
            return None if value is None else _compared(left, sign, value, question, own)
    return None


def rule(node: Node) -> Json:
    """The rule that the demand makes; ``not(…) or …`` demands under a condition only.

    Raises FormulaError.
    """
    match node:
        case Chain(operands=(Call(name="not", arguments=(when,)), demand), signs=("or",)):
            return {**rule(demand), "when": condition(when)}
    if not isinstance(node, Comparison):
        raise FormulaError(_NO_RULE, node.position)
    return {"left": side(node.left), "op": OPS[node.sign], "right": side(node.right)}


def _compared(left: Node, sign: str, value: Literal, question: Json, own: str) -> Json | None:
    type_ = question["type"]
    match left:
        case Call(name="string-length", arguments=(Reference(),)) if type_ in _LENGTHS:
            return _bound(sign, value, "", "max_length", step=1)
        case Call(name="count-selected", arguments=(Reference(),)) if type_ == "multiple":
            return _bound(sign, value, "min_select", "max_select", step=1)
        case Reference(path=(name,)) if name == own:
            return _range(sign, value, question)
    return None


def _range(sign: str, value: Literal, question: Json) -> Json | None:
    type_ = question["type"]
    if type_ in ("date", "month") and isinstance(value, str):
        day = value if type_ == "date" else value[:_MONTH]
        return {"min": day} if sign == ">=" else {"max": day} if sign == "<=" else None
    if type_ in ("number", "currency", "percent", "year") and not isinstance(value, str):
        return _bound(sign, value, "min", "max", step=0 if question.get("decimals") else 1)
    return None


def _bound(sign: str, value: Literal, low: str, high: str, *, step: int) -> Json | None:
    """``step`` 1: whole numbers, of which a greater one is at least one more."""
    if isinstance(value, str | bool):
        return None
    if sign == ">=" and low:
        return {low: value}
    if sign == "<=":
        return {high: value}
    if step and isinstance(value, int):
        if sign == ">" and low:
            return {low: value + step}
        if sign == "<":
            return {high: value - step}
    return None


def _exclusive(node: Node, question: Json, values: dict[str, str]) -> Json | None:
    """An option that stands alone: not(selected(., 'none') and count-selected(.) > 1)."""
    match node:
        case Chain(
            operands=(
                Call(name="selected", arguments=(Reference(), Text(value=name))),
                Comparison(left=Call(name="count-selected"), sign=">"),
            ),
            signs=("and",),
        ) if question["type"] == "multiple":
            alone = values.get(name, name)
            options = [
                {**option, "exclusive": True} if option["value"] == alone else option
                for option in question["options"]
            ]
            return {"options": options}
    return None
