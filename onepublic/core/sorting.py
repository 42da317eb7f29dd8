"""Sorting a list by links in its head: the address holds it, ``?sort=due`` or ``-due``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

PARAMETER = "sort"
# A page further on in one order means nothing in another.
FORGOTTEN = ("after", "before", "page")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``key`` is empty where it does not sort."""

    label: str
    key: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What ``components/table.html`` reads: ``sort`` is a value of ``aria-sort``."""

    label: str
    numeric: bool
    sort_url: str = ""
    sort: str = "none"


def order_in_force(query: QueryDict, columns: Sequence[Column], *, default: str) -> str:
    """The key asked for, with ``-`` when descending; ``default`` for one that is no column's."""
    asked = query.get(PARAMETER, default)
    return asked if asked.removeprefix("-") in {c.key for c in columns if c.key} else default


def ordered(rows: Iterable[dict[str, Any]], order: str) -> list[dict[str, Any]]:
    """Rows by the value at the key in force; equal ones stay as they came."""
    key = order.removeprefix("-")
    return sorted(rows, key=lambda row: row[key], reverse=order.startswith("-"))


def heads(
    query: QueryDict, columns: Sequence[Column], *, order: str, anchor: str = ""
) -> list[Head]:
    """The heads of the table: each link keeps the other filters; a second press turns the order.

    ``anchor`` is the id of the place on the page to come back to.
    """
    return [_head(query, column, order, f"#{anchor}" if anchor else "") for column in columns]


def _head(query: QueryDict, column: Column, order: str, fragment: str) -> Head:
    if not column.key:
        return Head(column.label, column.numeric)
    sort = {column.key: "ascending", f"-{column.key}": "descending"}.get(order, "none")
    wanted = f"-{column.key}" if sort == "ascending" else column.key
    return Head(column.label, column.numeric, _address(query, wanted) + fragment, sort)


def _address(query: QueryDict, order: str) -> str:
    changed = query.copy()
    for name in FORGOTTEN:
        changed.pop(name, None)
    changed[PARAMETER] = order
    return f"?{changed.urlencode()}"
