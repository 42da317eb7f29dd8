"""From a side of the document to text."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from surveys.questionnaire.formulas.errors import FormulaError

Json = Mapping[str, Any]

MAX_NESTING: Final = 20
# What a value of another shape than the document's runs into.
SLIPS: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError)
_ADDED, _MULTIPLIED, _WHOLE = range(3)


def write_side(side: Json) -> str:
    """Return the text of a side; `read_side` gives it back.

    Raises FormulaError for what is no side of the document.
    """
    try:
        return _side(side, 1)
    except FormulaError:
        raise
    except SLIPS as slip:
        raise FormulaError("この式は、文字で表せません。") from slip


def number(value: object) -> str:
    """Return a number without exponent; raise ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(value)
    return str(value) if isinstance(value, int) else f"{Decimal(str(value)):f}"


def _side(side: Json, depth: int) -> str:
    if depth > MAX_NESTING:
        raise FormulaError("式の入れ子が深すぎます。")
    ((form, inner),) = side.items()
    match form:
        case "const":
            return number(inner)
        case "q":
            return f"${{{inner}}}"
        case "cell":
            return f"${{{'.'.join(inner)}}}"
        case "row_sum":
            return f"sum(${{{inner[0]}.{inner[1]}.*}})"
        case "col_sum":
            return f"sum(${{{inner[0]}.{inner[1]}}})"
        case "count_rows":
            return f"count(${{{inner}}})"
        case "abs" | "prev" | "change_rate":
            return f"{form}({_side(inner, depth + 1)})"
        case "round":
            return f"round({_side(inner[0], depth + 1)}, {number(inner[1])})"
        case "days" | "months":
            return f"{form}({', '.join(map(_end, inner))})"
    return _chained(form, inner, depth + 1)


def _chained(form: str, inner: Any, depth: int) -> str:
    match form:
        case "sum" if len(inner) == 1:
            return f"sum({_side(inner[0], depth)})"
        case "sum":
            first = _operand(inner[0], depth, _MULTIPLIED if "sum" in inner[0] else _ADDED)
            return " + ".join((first, *(_operand(part, depth, _MULTIPLIED) for part in inner[1:])))
        case "sub":
            left, right = inner
            return f"{_operand(left, depth, _ADDED)} - {_operand(right, depth, _MULTIPLIED)}"
        case "mul":
            return f"{_operand(inner[0], depth, _MULTIPLIED)} * {number(inner[1])}"
        case "product" | "div":
            left, right = inner
            sign = "*" if form == "product" else "div"
            factor = _operand(right, depth, _WHOLE)
            # A bare number behind * is `mul`.
            factor = f"({factor})" if form == "product" and "const" in right else factor
            return f"{_operand(left, depth, _MULTIPLIED)} {sign} {factor}"
    raise ValueError(form)


def _operand(side: Json, depth: int, rank: int) -> str:
    """Bracket a side that binds looser than `rank`."""
    text = _side(side, depth)
    return f"({text})" if _rank(side) < rank else text


def _rank(side: Json) -> int:
    if "sub" in side or ("sum" in side and len(side["sum"]) > 1):
        return _ADDED
    return _MULTIPLIED if {"mul", "product", "div"} & side.keys() else _WHOLE


def _end(end: Json) -> str:
    ((form, value),) = end.items()
    return f"${{{value}}}" if form == "q" else f"{form}('{value}')"
