"""From the tree of a formula to a condition of the document."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from surveys.questionnaire.formulas.errors import FormulaError
from surveys.questionnaire.formulas.literals import Literal, literal
from surveys.questionnaire.formulas.nodes import (
    Call,
    Chain,
    Comparison,
    Group,
    Node,
    Number,
    Reference,
    Text,
)

Json = dict[str, Any]

OPS: Final[Mapping[str, str]] = {
    "=": "eq",
    "!=": "ne",
    "<": "lt",
    "<=": "le",
    ">": "gt",
    ">=": "ge",
}
_MIRRORED: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SOME: Final = ((">", 0), (">=", 1), ("!=", 0))
_NONE: Final = (("=", 0), ("<", 1), ("<=", 0))


def condition(node: Node) -> Json:
    """Return the condition that a tree states. Raises FormulaError."""
    match node:
        case Group(inner=inner):
            return condition(inner)
        case Chain(operands=operands, signs=("and", *_)):
            return _not_containing(operands) or {"all": [condition(part) for part in operands]}
        case Chain(operands=operands, signs=("or", *_)):
            return {"any": [condition(part) for part in operands]}
        case Comparison():
            return _compared(node)
        case Call(name=name) if name in _CALLS:
            return _CALLS[name](node)
    raise FormulaError("条件（比べる式）ではありません。", node.position)


def _not_containing(parts: tuple[Node, ...]) -> Json | None:
    """Recognise an answered list without an option: that is one condition of the document."""
    match parts:
        case (
            Comparison(
                left=Call(name="count-selected", arguments=(Reference(path=counted),)),
                sign=">",
                right=Number(value=0),
            ),
            Call(name="not", arguments=(Call(name="selected", arguments=(tested, Text(value=v))),)),
        ) if isinstance(tested, Reference) and tested.path == counted:
            return {**_place(tested), "op": "not_contains", "value": v}
    return None


def _negated(call: Call) -> Json:
    match call.arguments:
        case (part,):
            return {"not": condition(part)}
    raise FormulaError("notは、not(条件)の形で書いてください。", call.position)


def _joined(call: Call) -> Json:
    if not call.arguments:
        raise FormulaError(f"{call.name}の中に、条件を書いてください。", call.position)
    return {call.name: [condition(part) for part in call.arguments]}


def _selected(call: Call) -> Json:
    match call.arguments:
        case (Reference() as place, Text(value=option)):
            return {**_place(place), "op": "contains", "value": option}
        case (Text(value=options), Reference() as place):
            return {**_place(place), "op": "in", "value": options.split()}
        case (Text(value=values), Call(name="organization") as attribute):
            return {**_attribute(attribute), "op": "in", "value": _words(attribute, values)}
    usage = "selected(${設問}, '選択肢')又はselected('値1 値2', ${設問})"
    raise FormulaError(f"selectedは、{usage}の形で書いてください。", call.position)


def _words(attribute: Call, values: str) -> list[str | bool]:
    """Truth values stand as truth in the document."""
    truth = {"true": True, "false": False} if "has_" in _name(attribute) else {}
    return [truth.get(word, word) for word in values.split()]


def _compared(node: Comparison) -> Json:
    left, sign, right = node.left, node.sign, node.right
    if literal(left) is not None and literal(right) is None:
        left, sign, right = right, _MIRRORED.get(sign, sign), left
    value = literal(right)
    if value is None:
        raise FormulaError(
            "条件では、設問の値を、決まった値と比べてください。設問どうしは規則で比べられます。",
            node.position,
        )
    match left:
        case Reference():
            return _answer(left, sign, value)
        case Call(name="organization"):
            return {**_attribute(left), "op": OPS[sign], "value": value}
        case Call(name="count-selected", arguments=(Reference() as place,)):
            return _counted(place, sign, value)
        case Call(name="selected-at", arguments=(Reference() as place, Number(value=0))):
            if sign == "=":
                return {**_place(place), "op": "first", "value": value}
    raise FormulaError("条件では、この値を比べられません。", left.position)


def _answer(place: Reference, sign: str, value: Literal) -> Json:
    if value != "":
        return {**_place(place), "op": OPS[sign], "value": value}
    answered = {**_place(place), "op": "answered"}
    if sign in ("=", "!="):
        return answered if sign == "!=" else {"not": answered}
    raise FormulaError("空欄（''）とは、=又は!=で比べてください。", place.position)


def _counted(place: Reference, sign: str, value: Literal) -> Json:
    answered = {**_place(place), "op": "answered"}
    if (sign, value) in _SOME:
        return answered
    if (sign, value) in _NONE:
        return {"not": answered}
    raise FormulaError("選択した数は、条件では0とだけ比べられます。", place.position)


def _attribute(call: Call) -> Json:
    return {"attr": _name(call)}


def _name(call: Call) -> str:
    match call.arguments:
        case (Text(value=name),):
            return name
    raise FormulaError("organizationは、organization('kind')の形で書いてください。", call.position)


def _place(reference: Reference) -> Json:
    if "*" in reference.path:
        raise FormulaError("条件では、表の欄を一つずつ指定してください。", reference.position)
    if len(reference.path) == 1:
        return {"q": reference.path[0]}
    return {"row" if len(reference.path) == 2 else "cell": list(reference.path)}


_CALLS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "not": _negated,
    "all": _joined,
    "any": _joined,
    "selected": _selected,
}
