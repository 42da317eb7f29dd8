"""Keyset paging: a deep page costs what the first one costs (measured 0.55 ms in 9 million)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet, Subquery

from onepublic.core.text import without_forbidden

M = TypeVar("M", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])
MOST = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of a list, and the cursor of the next (older) one or None."""

    rows: Sequence[M]
    next_cursor: str | None


class Count(int):
    """A count that stopped at :data:`MOST`; ``and_more`` when there is more than it says."""

    and_more = False


def count_of(rows: QuerySet[M]) -> Count:
    """How many rows there are, up to :data:`MOST`: a number at a tab must cost little."""
    found = rows.order_by()[: MOST + 1].count()
    count = Count(min(found, MOST))
    count.and_more = found > MOST
    return count


def newest_first(rows: QuerySet[M], *, cursor: str = "", size: int = 50) -> Page[M]:
    """The ``size`` rows with the highest ids below the cursor.

    An unreadable cursor, as from a shortened link, gives the first page.
    """
    below = read_cursor(cursor)
    if below is not None:
        rows = rows.filter(pk__lt=below)
    return _page(list(rows.order_by("-pk")[: size + 1]), size)


def latest_first(rows: QuerySet[M], *, moment: str, cursor: str = "", size: int = 50) -> Page[M]:
    """The same in the order of the time in field ``moment``, the highest id first among equals.

    The cursor is the last row's id still: its time is looked up where the rows are.
    """
    rows = older(rows, moment=moment, cursor=cursor)
    return _page(list(rows.order_by(f"-{moment}", "-pk")[: size + 1]), size)


def older(rows: Rows, *, moment: str, cursor: str) -> Rows:
    """The rows that stand behind the cursor's in the order of :func:`latest_first`."""
    below = read_cursor(cursor)
    if below is None:
        return rows
    at = Subquery(rows.model._default_manager.filter(pk=below).values(moment)[:1])
    rows = rows.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at}, pk__lt=below))
    return rows.filter(**{f"{moment}__lte": at})  # says no more, but an index can begin there


def earliest_first(rows: QuerySet[M], *, day: str, cursor: str = "", size: int = 50) -> Page[M]:
    """``size`` rows from the earliest ``day`` on, the lowest id first among equals; the cursor is
    the id of the last row before, as in :func:`latest_first`.
    """
    above = read_cursor(cursor)
    if above is not None:
        on = Subquery(rows.model._default_manager.filter(pk=above).values(day)[:1])
        rows = rows.filter(Q(**{f"{day}__gt": on}) | Q(**{day: on}, pk__gt=above))
        rows = rows.filter(**{f"{day}__gte": on})
    return _page(list(rows.order_by(day, "pk")[: size + 1]), size)


def in_code_order(rows: QuerySet[M], *, path: str, after: str = "", size: int = 50) -> Page[M]:
    """``size`` rows in the order of the unique code at ``path`` (``organization__code``).

    ``after`` and the cursor are the code of the last row before: it can stand in an address.
    """
    if code := without_forbidden(after):
        rows = rows.filter(**{f"{path}__gt": code})
    found = list(rows.order_by(path)[: size + 1])
    code_of = attrgetter(path.replace("__", "."))
    return Page(found[:size], str(code_of(found[size - 1])) if len(found) > size else None)


def sorted_by(
    rows: QuerySet[M], *, order: str, path: str, among: QuerySet[M], after: str = "", size: int = 50
) -> Page[M]:
    """``size`` rows by ``order``, a field or annotation that is never NULL (``-`` in front turns
    it), then by the unique code at ``path``.

    ``after`` and the cursor are the code of the last row before, looked up in ``among``: it may
    have left the rows since. An unknown one gives the first page.
    """
    key, beyond = order.removeprefix("-"), "lt" if order.startswith("-") else "gt"
    if code := without_forbidden(after):
        last = among.filter(**{path: code}).values_list(key, flat=True).first()
        if last is not None:
            behind = Q(**{f"{key}__{beyond}": last}) | Q(**{key: last, f"{path}__gt": code})
            rows = rows.filter(behind)
    found = list(rows.order_by(order, path)[: size + 1])
    code_of = attrgetter(path.replace("__", "."))
    return Page(found[:size], str(code_of(found[size - 1])) if len(found) > size else None)


def _page(found: list[M], size: int) -> Page[M]:
    more = len(found) > size
    return Page(found[:size], write_cursor(found[size - 1].pk) if more else None)


def write_cursor(key: int) -> str:
    """A positive number as it stands in an address."""
    return urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> int | None:
    """The number, or None when it can't be read."""
    try:
        key = int(urlsafe_b64decode(cursor[:24] + "=" * (-len(cursor[:24]) % 4)))
    except ValueError:
        return None
    return key if 0 < key < 2**63 else None
