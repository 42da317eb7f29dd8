"""Hits for a query, as far as the person may see them: newest first, or the closest first."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from accounts.models import User
from notices.models import SearchEntry
from notices.models.search import SearchEntryQuerySet
from notices.search.facets import NOTHING, Chosen, Counts, counted
from onepublic.core.fulltext.query import Query, Term
from onepublic.core.fulltext.sql import by_index, holds
from onepublic.core.pagination import older, read_cursor, write_cursor

PAGE = 20
COUNTED_EXACTLY = 1_000
"""More candidates than these are not read one by one for the sake of a number."""
MOST_RANKED = 300
"""How many hits are ranked: those with the terms in their heading, then the newest."""

# OFFSET 0 keeps the conditions, which unpack texts, behind the order: they end with the page.
_VERIFIED = "SELECT {columns} FROM ({candidates} OFFSET 0) AS candidate WHERE {conditions} LIMIT %s"
_RANKED = """
SELECT notice_id FROM ({best}) AS best
ORDER BY 3 * in_heading + ln(1 + {occurrences}) DESC, published_at DESC, notice_id DESC
"""
_STANDS = "strpos(text, %s) > 0"
_OCCURRENCES = "(length(text) - length(replace(text, %s, ''))) / length(%s)"


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of hits: ids of notices in order; the cursor of the next page or None."""

    notices: Sequence[int]
    next_cursor: str | None
    counts: Counts


def find(
    user: User, query: Query, chosen: Chosen, *, ranked: bool = False, cursor: str = ""
) -> Hits:
    """What the person may see of what the query asks for; of all notices for a blank query.

    What is listed is always verified. Counts are exact to COUNTED_EXACTLY hits, and always for
    terms of one and two characters; otherwise they are those of the index (docs/adr/0008).
    """
    entries = chosen.narrow(SearchEntry.objects.visible_to(user))
    page = _closest if ranked and query else _newest
    with by_index() if query else nullcontext():
        try:
            return Hits(*page(entries, query, cursor), count(entries, query))
        except EmptyResultSet:  # the person sees no notice at all: Django asks no database
            return Hits([], None, NOTHING)


def count(entries: SearchEntryQuerySet, query: Query) -> Counts:
    """How many of the entries are hits, in all and by facet; two queries at most."""
    wanted, unwanted = query.to_verify
    counts = counted(entries.matching(query.candidates), is_estimate=bool(wanted or unwanted))
    if not counts.is_estimate:
        return counts
    if counts.total <= COUNTED_EXACTLY:
        return counted(entries.matching(query.candidates).verified(query))
    return counted(entries.matching(query.estimate), is_estimate=True) if unwanted else counts


def _newest(
    entries: SearchEntryQuerySet, query: Query, cursor: str
) -> tuple[Sequence[int], str | None]:
    rows = older(entries.matching(query.candidates), moment="published_at", cursor=cursor)
    ordered = rows.order_by("-published_at", "-notice_id")
    sql, parameters = _verified(ordered, query, ("notice_id", "text"), PAGE + 1)
    found = _ids(sql, parameters)
    return found[:PAGE], write_cursor(found[PAGE - 1]) if len(found) > PAGE else None


def _closest(
    entries: SearchEntryQuerySet, query: Query, cursor: str
) -> tuple[Sequence[int], str | None]:
    """The cursor is the place in the ranking, which is short."""
    in_heading = sum(
        (_one_if(holds("heading", term.ways)) for term in query.wanted), start=Value(0)
    )
    rows = entries.matching(query.candidates).annotate(in_heading=in_heading)
    ordered = rows.order_by("-in_heading", "-published_at", "-notice_id")
    columns = ("notice_id", "text", "in_heading", "published_at")
    best, parameters = _verified(ordered, query, columns, MOST_RANKED)
    occurrences = " + ".join([_OCCURRENCES] * len(query.needles))
    ways = [way for needle in query.needles for way in (needle, needle)]
    found = _ids(_RANKED.format(best=best, occurrences=occurrences), [*parameters, *ways])
    start = read_cursor(cursor) or 0
    more = len(found) > start + PAGE
    return found[start : start + PAGE], write_cursor(start + PAGE) if more else None


def _verified(
    ordered: SearchEntryQuerySet, query: Query, columns: Sequence[str], most: int
) -> tuple[str, list[Any]]:
    """The first ``most`` of the ordered candidates that are hits, as SQL with parameters."""
    wanted, unwanted = query.to_verify
    candidates, parameters = ordered.values(*columns).query.sql_with_params()
    conditions = [_one_way(term) for term in wanted] + [f"NOT {_one_way(t)}" for t in unwanted]
    sql = _VERIFIED.format(
        columns=", ".join(columns),
        candidates=candidates,
        conditions=" AND ".join(conditions) or "TRUE",
    )
    return sql, [*parameters, *(way for term in (*wanted, *unwanted) for way in term.ways), most]


def _one_way(term: Term) -> str:
    return f"({' OR '.join([_STANDS] * len(term.ways))})"


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


def _ids(sql: str, parameters: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]
