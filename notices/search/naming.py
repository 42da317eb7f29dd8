"""Facets with words: the values to narrow by, their names, counts and addresses."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from accounts.models import Division
from notices.models import Topic
from notices.search.facets import Chosen
from notices.states import Category
from onepublic.core.wareki import wareki_year

LABELS = {
    "category": "種別",
    "year": "年度",
    "issuer": "発出元",
    "topic": "分野",
    "in_force": "効力",
}
IN_FORCE = {"1": "現行", "0": "廃止・施行前など"}
MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; the address narrows to it, or widens again where it is chosen."""

    label: str
    url: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values that occur in the hits; ``more`` are left out."""

    label: str
    values: list[Value]
    more: int


def named_facets(
    counts: Mapping[str, Mapping[str, int]], chosen: Chosen, address: QueryDict
) -> list[Facet]:
    """What the hits can be narrowed by; a facet of which nothing occurs is left out."""
    kept = chosen.as_dict()
    found = {name: _foremost(name, counts[name], kept.get(name, "")) for name in LABELS}
    names = _names(found)
    return [
        Facet(
            LABELS[facet],
            [
                Value(names[facet][value], _url(address, facet, value, kept), hits, facet in kept)
                for value, hits in values.items()
                if value in names[facet]
            ],
            more=max(len(counts[facet]) - len(values), 0) if facet not in kept else 0,
        )
        for facet, values in found.items()
        if values
    ]


def _foremost(facet: str, counts: Mapping[str, int], chosen: str) -> dict[str, int]:
    """The chosen value alone; else the years from the latest, other values by their hits."""
    if chosen:
        return {chosen: counts.get(chosen, 0)}
    by_year = facet == "year"
    order = sorted(counts, key=lambda value: (-int(value) if by_year else -counts[value], value))
    return {value: counts[value] for value in order[:MOST_VALUES]}


def _names(found: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, str]]:
    divisions = Division.objects.select_related("parent").in_bulk(map(int, found["issuer"]))
    topics = Topic.objects.in_bulk(map(int, found["topic"]))
    return {
        "issuer": {str(pk): division.full_name for pk, division in divisions.items()},
        "topic": {str(pk): topic.name for pk, topic in topics.items()},
        "year": {year: wareki_year(int(year)) for year in found["year"]},
        "category": {str(value): str(label) for value, label in Category.choices},
        "in_force": IN_FORCE,
    }


def _url(address: QueryDict, facet: str, value: str, kept: Mapping[str, str]) -> str:
    changed = address.copy()
    changed.pop("cursor", None)
    changed.pop(facet, None)
    if facet not in kept:
        changed[facet] = value
    return f"?{changed.urlencode()}"
