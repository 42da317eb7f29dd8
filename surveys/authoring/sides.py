"""Sides of rules and calculations as they are picked: a way to calculate and its amounts.

What can't be shown so (rounding, spans of time, nesting) is written as a formula instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from surveys.authoring.finding import Json, short
from surveys.authoring.picking import PickRefused

NUMBERS: Final = frozenset({"number", "currency", "percent", "scale", "year", "calculated"})
SHAPES: Final = (
    ("amount", "そのままの値"),
    ("sum", "合計（選んだものを全て足す）"),
    ("sub", "差（1番目 － 2番目）"),
    ("percent", "割合（1番目 ÷ 2番目 × 100）"),
    ("div", "比（1番目 ÷ 2番目）"),
    ("mul", "倍（1番目 × 数）"),
    ("prev", "前回の値"),
    ("number", "決まった数"),
)
_PAIRS: Final = frozenset({"sub", "percent", "div"})
_TABLES: Final[Mapping[str, str]] = {"cell": "cell", "row": "row_sum", "col": "col_sum"}
HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Side:
    """A side as it is picked: ``terms`` are tokens of amounts, ``number`` the fixed number."""

    shape: str = "amount"
    terms: tuple[str, ...] = ()
    number: int | float | None = None


def amounts(questions: Sequence[Json]) -> list[tuple[str, str]]:
    """Every amount that may be picked, as (token, words): numbers, and sums and cells of tables."""
    return [amount for question in questions for amount in _amounts_of(question)]


def _amounts_of(question: Json) -> list[tuple[str, str]]:
    name, words = question["id"], short(question)
    if question["type"] in NUMBERS:
        return [(f"q {name}", words)]
    if question["type"] not in {"table", "dynamic_table"}:
        return []
    columns = [c for c in question["columns"] if c.get("type", "number") == "number"]
    found = [(f"col {name} {c['id']}", f"{words}の列{short(c)}の合計") for c in columns]
    if question["type"] == "dynamic_table":
        return [*found, (f"rows {name}", f"{words}の行数")]
    closed = {tuple(cell) for cell in question.get("disabled_cells", [])}
    for row in question["rows"] if columns else ():
        found.append((f"row {name} {row['id']}", f"{words}の行{short(row)}の合計"))
        found += [
            (f"cell {name} {row['id']} {c['id']}", f"{words}の{short(row)}・{short(c)}")
            for c in columns
            if (row["id"], c["id"]) not in closed
        ]
    return found


def picked_side(side: Json | None) -> Side | None:
    """Return the side as it is picked; None for what can't be shown so."""
    if side is None:
        return Side()
    if (term := _term(side)) is not None:
        return Side("amount", (term,))
    match side:
        case {"const": number}:
            return Side("number", (), number)
        case {"sum": [*parts]}:
            return _of("sum", parts)
        case {"mul": [{"div": [*parts]}, 100]}:
            return _of("percent", parts)
        case {"mul": [part, number]}:
            return _of("mul", [part], number)
        case {"sub": [*parts]}:
            return _of("sub", parts)
        case {"div": [*parts]}:
            return _of("div", parts)
        case {"prev": part}:
            return _of("prev", [part])
    return None


def _of(shape: str, parts: Sequence[Json], number: Any = None) -> Side | None:
    terms = [_term(part) for part in parts]
    found = tuple(term for term in terms if term is not None)
    return Side(shape, found, number) if len(found) == len(terms) else None


def _term(side: Json) -> str | None:
    match side:
        case {"q": str(name)}:
            return f"q {name}"
        case {"count_rows": str(name)}:
            return f"rows {name}"
    for token, key in _TABLES.items():
        if key in side:
            return " ".join([token, *side[key]])
    return None


def side_of(side: Side, among: Sequence[tuple[str, str]]) -> Json:
    """Return the side of the document. Raises PickRefused when something is still missing."""
    allowed = {token for token, _ in among}
    terms = [term for term in side.terms if term]
    if not allowed >= set(terms):
        raise PickRefused("選んだ設問は、ここでは使えません。選び直してください。")
    if side.shape in {"number", "mul"} and side.number is None:
        raise PickRefused("数を入力してください。")
    if side.shape == "number":
        return {"const": side.number}
    least = 2 if side.shape in _PAIRS else 1
    if len(terms) < least:
        raise PickRefused(f"比べる値や計算する値を{least}つ選んでください。")
    parts = [_amount(term) for term in terms]
    return _joined(side.shape, parts, side.number)


def _joined(shape: str, parts: list[Json], number: object) -> Json:
    match shape:
        case "sum":
            return {"sum": parts}
        case "sub" | "div":
            return {shape: parts[:2]}
        case "percent":
            return {"mul": [{"div": parts[:2]}, HUNDRED]}
        case "mul":
            return {"mul": [parts[0], number]}
        case "prev":
            return {"prev": parts[0]}
    return parts[0]


def _amount(term: str) -> Json:
    kind, *place = term.split(" ")
    if kind in _TABLES:
        return {_TABLES[kind]: place}
    return {"count_rows" if kind == "rows" else "q": place[0]}
