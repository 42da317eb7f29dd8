"""Sides of rules, and the formulas of calculated questions."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final, TypeAlias

from surveys.questionnaire.parsing.conditions import MAX_DEPTH
from surveys.questionnaire.parsing.leaves import (
    ParseLeaf,
    cells_amount,
    constant_amount,
    count_rows_amount,
    question_amount,
)
from surveys.questionnaire.parsing.reader import Reader, exact_number
from surveys.questionnaire.parsing.scope import Scope
from surveys.questionnaire.parsing.spans import span_amount
from surveys.questionnaire.sides import (
    Amount,
    Calendar,
    ChangeAmount,
    ConstantAmount,
    Operation,
    Operator,
    PreviousAmount,
    RoundedAmount,
    nodes,
)

_Parse: TypeAlias = Callable[[Reader, Scope, int], Amount | None]
_ZERO: Final = Decimal(0)
_MAX_PLACES: Final = 6


def parse_formula(reader: Reader, key: str, scope: Scope) -> Amount | None:
    """Return the formula of a calculated question, which reads earlier questions only."""
    amount = parse_side(reader, key, scope)
    if amount is not None and not any(any(True for _ in n.reads()) for n in nodes(amount)):
        reader.refuse("計算式が、どの設問も参照していません。")
    return amount


def parse_side(reader: Reader, key: str, scope: Scope) -> Amount | None:
    """Return the side under `key`; None when it is refused, which is then noted."""
    return _amount(reader.within(reader.raw(key)), scope, 1)


def _amount(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    if depth > MAX_DEPTH:
        reader.refuse(f"式の入れ子は{MAX_DEPTH}段までです。")
        return None
    name = next((key for key in (*_LEAVES, *_TREES) if reader.has(key)), None)
    if name is None:
        names = "、".join((*_LEAVES, *_TREES))
        reader.refuse(f"式は、{names}のいずれかで書いてください。")
        return None
    is_leaf = name in _LEAVES
    amount = _LEAVES[name](reader, scope) if is_leaf else _TREES[name](reader, scope, depth)
    reader.close()
    return amount


def _sum(reader: Reader, scope: Scope, depth: int) -> Amount:
    raws = reader.items("sum", most=200)
    return Operation(Operator.SUM, _parts(reader, raws, scope, depth))


def _parts(reader: Reader, raws: Iterable[object], scope: Scope, depth: int) -> tuple[Amount, ...]:
    parts = [_amount(reader.within(raw), scope, depth + 1) for raw in raws]
    return tuple(part for part in parts if part is not None)


def _pair(operator: Operator) -> _Parse:
    """Return the parser of an operation on two sides."""

    def parse(reader: Reader, scope: Scope, depth: int) -> Amount | None:
        raws = reader.items(operator, least=2, most=2)
        parts = _parts(reader, raws, scope, depth)
        if len(parts) < 2:
            return None
        if operator is Operator.QUOTIENT and parts[1] == ConstantAmount(_ZERO):
            reader.refuse("0で割る式になっています。")
            return None
        return Operation(operator, parts)

    return parse


def _scaled(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    raws = reader.items("mul", least=2, most=2)
    factor = exact_number(raws[1]) if len(raws) == 2 else None
    if factor is None:
        reader.refuse("mulは、[式, 数] の形で書いてください。")
        return None
    part = _amount(reader.within(raws[0]), scope, depth + 1)
    return None if part is None else Operation(Operator.PRODUCT, (part, ConstantAmount(factor)))


def _magnitude(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    part = _inner(reader, "abs", scope, depth)
    return None if part is None else Operation(Operator.MAGNITUDE, (part,))


def _inner(reader: Reader, key: str, scope: Scope, depth: int) -> Amount | None:
    return _amount(reader.within(reader.raw(key)), scope, depth + 1)


def _rounded(reader: Reader, scope: Scope, depth: int) -> Amount | None:
    raws = reader.items("round", least=2, most=2)
    places = raws[1] if len(raws) == 2 else None
    if type(places) is not int or not 0 <= places <= _MAX_PLACES:
        reader.refuse(f"roundは、[式, 桁数（0から{_MAX_PLACES}まで）] の形で書いてください。")
        return None
    part = _amount(reader.within(raws[0]), scope, depth + 1)
    return None if part is None else RoundedAmount(part, places)


def _of_previous(key: str, make: Callable[[Amount], Amount]) -> _Parse:
    """Return the parser of a side that looks at the previous round, which can't be nested."""

    def parse(reader: Reader, scope: Scope, depth: int) -> Amount | None:
        part = _inner(reader, key, scope, depth)
        if part is None:
            return None
        if any(isinstance(node, PreviousAmount | ChangeAmount) for node in nodes(part)):
            reader.refuse(f"{key}の中に、prevやchange_rateを入れることはできません。")
            return None
        return make(part)

    return parse


_LEAVES: Final[dict[str, ParseLeaf]] = {
    "q": question_amount,
    "cell": cells_amount("cell"),
    "row_sum": cells_amount("row_sum"),
    "col_sum": cells_amount("col_sum"),
    "count_rows": count_rows_amount,
    "const": constant_amount,
    "days": span_amount(Calendar.DAYS),
    "months": span_amount(Calendar.MONTHS),
}
_TREES: Final[dict[str, _Parse]] = {
    "sum": _sum,
    "sub": _pair(Operator.DIFFERENCE),
    "mul": _scaled,
    "product": _pair(Operator.PRODUCT),
    "div": _pair(Operator.QUOTIENT),
    "abs": _magnitude,
    "round": _rounded,
    "prev": _of_previous("prev", PreviousAmount),
    "change_rate": _of_previous("change_rate", ChangeAmount),
}
