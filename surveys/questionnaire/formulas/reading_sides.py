"""From the tree of a formula to a side of the document."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from surveys.questionnaire.formulas.errors import FormulaError
from surveys.questionnaire.formulas.literals import literal, moment
from surveys.questionnaire.formulas.nodes import (
    Call,
    Chain,
    Group,
    Negative,
    Node,
    Number,
    Reference,
)

Json = dict[str, Any]


def side(node: Node) -> Json:
    """Return the side that a tree calculates. Raises FormulaError."""
    match node:
        case Number(value=number):
            return {"const": number}
        case Negative(inner=Number(value=number)):
            return {"const": -number}
        case Negative(inner=inner):
            return {"mul": [side(inner), -1]}
        case Group(inner=inner):
            return side(inner)
        case Reference():
            return _answer(node)
        case Chain(signs=("+" | "-", *_)):
            return _added(node)
        case Chain(signs=("*" | "div", *_)):
            return _multiplied(node)
        case Call(name=name) if name in _CALLS:
            return _CALLS[name](node)
        case Call(name=name):
            raise FormulaError(f"関数「{name}」は、計算では使えません。", node.position)
    raise FormulaError("数を計算する式ではありません。", node.position)


def _answer(reference: Reference) -> Json:
    path = reference.path
    if len(path) == 2 or "*" in path:
        raise FormulaError("表の合計は、sum(${表.列})の形で書いてください。", reference.position)
    return {"cell": list(path)} if len(path) == 3 else {"q": path[0]}


def _added(chain: Chain) -> Json:
    """Work from left to right; what is joined by + alone is one sum."""
    first, *others = chain.operands
    result, is_sum = side(first), False
    for sign, operand in zip(chain.signs, others, strict=True):
        part = side(operand)
        if sign == "-":
            result, is_sum = {"sub": [result, part]}, False
        elif is_sum:
            result["sum"].append(part)
        else:
            result, is_sum = {"sum": [result, part]}, True
    return result


def _multiplied(chain: Chain) -> Json:
    first, *others = chain.operands
    result = side(first)
    for sign, operand in zip(chain.signs, others, strict=True):
        factor = None if isinstance(operand, Group) else literal(operand)
        if sign == "div":
            result = {"div": [result, side(operand)]}
        elif isinstance(factor, int | float) and not isinstance(factor, bool):
            result = {"mul": [result, factor]}
        else:
            result = {"product": [result, side(operand)]}
    return result


def _summed(call: Call) -> Json:
    match call.arguments:
        case (Reference(path=(table, column)),) | (Reference(path=(table, "*", column)),):
            return {"col_sum": [table, column]}
        case (Reference(path=(table, row, "*")),):
            return {"row_sum": [table, row]}
        case ():
            raise FormulaError("sumの中に、足すものを書いてください。", call.position)
    return {"sum": [side(part) for part in call.arguments]}


def _counted(call: Call) -> Json:
    match call.arguments:
        case (Reference(path=(table,)),):
            return {"count_rows": table}
    raise FormulaError("countは、count(${表})の形で書いてください。", call.position)


def _rounded(call: Call) -> Json:
    match call.arguments:
        case (part,):
            return {"round": [side(part), 0]}
        case (part, Number(value=int(places))):
            return {"round": [side(part), places]}
    raise FormulaError("roundは、round(式, 桁数)の形で書いてください。", call.position)


def _of_one(call: Call) -> Json:
    match call.arguments:
        case (part,):
            return {call.name: side(part)}
    raise FormulaError(f"{call.name}は、{call.name}(式)の形で書いてください。", call.position)


def _span(call: Call) -> Json:
    form = {"days": "date", "months": "month"}[call.name]
    if len(call.arguments) == 2:
        return {call.name: [_end(node, form) for node in call.arguments]}
    usage = f"{call.name}(始め, 終わり)"
    raise FormulaError(f"{call.name}は、{usage}の形で書いてください。", call.position)


def _end(node: Node, form: str) -> Json:
    match node:
        case Reference(path=(question,)):
            return {"q": question}
        case Call(name=name) if name == form:
            return {form: moment(node)}
    raise FormulaError(f"ここには、設問又は{form}('…')を書いてください。", node.position)


_CALLS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "sum": _summed,
    "count": _counted,
    "round": _rounded,
    "abs": _of_one,
    "prev": _of_one,
    "change_rate": _of_one,
    "days": _span,
    "months": _span,
}
