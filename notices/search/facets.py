"""By what the hits can be narrowed, and how many there are of each."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db import connection
from django.db.models import QuerySet

from notices.models import LabelSet
from notices.models.search import SearchEntryQuerySet
from notices.states import Category

FACETS = ("issuer", "year", "category", "topic", "in_force")
_POSSIBLE = {
    "issuer": range(2**31),
    "topic": range(2**31),
    "year": range(10_000),
    "in_force": range(2),
}

_COUNTS = """
WITH found AS MATERIALIZED (
    SELECT issuers, topics, fiscal_year, category, in_force, count(*) AS hits
    FROM ({entries}) AS entry
    GROUP BY GROUPING SETS ((issuers), (topics), (fiscal_year, category, in_force))
)
SELECT 'issuer', member::text, sum(hits)
FROM found JOIN notices_labelset ON notices_labelset.id = issuers, unnest(members) AS member
GROUP BY member
UNION ALL
SELECT 'topic', member::text, sum(hits)
FROM found JOIN notices_labelset ON notices_labelset.id = topics, unnest(members) AS member
GROUP BY member
UNION ALL
SELECT 'year', fiscal_year::text, sum(hits) FROM found WHERE category <> '' GROUP BY fiscal_year
UNION ALL
SELECT 'category', category, sum(hits) FROM found WHERE category <> '' GROUP BY category
UNION ALL
SELECT 'in_force', in_force::int::text, sum(hits) FROM found WHERE category <> '' GROUP BY in_force
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the hits are narrowed to; an empty value narrows nothing."""

    issuer: str = ""
    year: str = ""
    category: str = ""
    topic: str = ""
    in_force: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Chosen":
        """From the address; what can't be meant is left out."""
        return cls(**{name: asked[name] for name in FACETS if _is_meant(name, asked.get(name, ""))})

    def as_dict(self) -> dict[str, str]:
        """The values that narrow, by the names that they have in the address."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value}

    def narrow(self, entries: SearchEntryQuerySet) -> SearchEntryQuerySet:
        """The entries that fit each of the values."""
        if self.issuer:
            entries = entries.filter(issuers__in=_sets_with(self.issuer))
        if self.topic:
            entries = entries.filter(topics__in=_sets_with(self.topic))
        if self.year:
            entries = entries.filter(fiscal_year=int(self.year))
        if self.category:
            entries = entries.filter(category=self.category)
        if self.in_force:
            entries = entries.filter(in_force=bool(int(self.in_force)))
        return entries


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits in all and by facet and value; ``is_estimate`` when only the index was asked."""

    total: int
    by_facet: dict[str, dict[str, int]]
    is_estimate: bool = False


NOTHING = Counts(0, {name: {} for name in FACETS})


def counted(entries: SearchEntryQuerySet, *, is_estimate: bool = False) -> Counts:
    """One query, whatever the number of hits."""
    rows = entries.order_by().values("issuers", "topics", "fiscal_year", "category", "in_force")
    sql, parameters = rows.query.sql_with_params()
    by_facet: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(entries=sql), parameters)
        for facet, value, hits in cursor.fetchall():
            by_facet[facet][value] = int(hits)
    return Counts(sum(by_facet["category"].values()), by_facet, is_estimate)


def _sets_with(member: str) -> "QuerySet[LabelSet]":
    return LabelSet.objects.filter(members__contains=[int(member)])


def _is_meant(facet: str, value: str) -> bool:
    if facet == "category":
        return value in Category.values
    is_number = value.isascii() and value.isdecimal() and len(value) < 11
    return is_number and int(value) in _POSSIBLE[facet]
