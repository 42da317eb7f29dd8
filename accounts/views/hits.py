"""Whom a rule of the audience builder hits: counts, a list, a map, single organizations."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.audience import AudienceRule
from accounts.forms.audience import AudienceForm, is_code
from accounts.models import Organization, User
from accounts.states import Level
from onepublic.core.charts import PREFECTURES, TileMap, tile_map

MOST_FOUND = 30
MAP_BOUNDS = (10, 20, 35, 60)
"""Organizations of a prefecture at which its tile becomes darker; 19 to 179 municipalities each."""

ON_THE_MAP = {prefecture.code for prefecture in PREFECTURES}
PeopleOf = Callable[["QuerySet[Organization]"], "QuerySet[User]"]
Among = Callable[["QuerySet[Organization]"], "QuerySet[Organization]"]


@dataclass(frozen=True, slots=True)
class SingleOrganization:
    """An organization that the page offers to add or to leave out."""

    code: str
    name: str
    is_added: bool
    is_left_out: bool


def all_of(organizations: "QuerySet[Organization]") -> "QuerySet[Organization]":
    """Whatever a rule selects counts."""
    return organizations


def hits_of(rule: AudienceRule, people: PeopleOf, among: Among = all_of) -> dict[str, Any]:
    """Whom a rule selects now, ``among`` those who count: ``total``, ``people`` who would get
    mail, ``levels`` (label and count), ``organizations`` in order of their codes within
    prefectures, a ``map`` of how many there are in each prefecture.
    """
    selected = among(Organization.objects.matching(rule))
    organizations = list(
        selected.order_by("prefecture_code", "code").values(
            "level", "name", "prefecture_name", "prefecture_code"
        )
    )
    counts = Counter(organization["level"] for organization in organizations)
    return {
        "total": len(organizations),
        "people": people(selected).count(),
        "levels": [(level.label, counts[level]) for level in Level if counts[level]],
        "organizations": organizations,
        "map": map_of(organization["prefecture_code"] for organization in organizations),
    }


def map_of(prefectures: Iterable[str]) -> TileMap:
    """How many organizations lie in each prefecture, from their two-digit codes."""
    counts = Counter(code for code in prefectures if code in ON_THE_MAP)
    return tile_map(counts, unit="団体", bounds=MAP_BOUNDS)


def singles_of(form: AudienceForm) -> list[SingleOrganization]:
    """Those chosen one by one, and behind them what the search by name has found."""
    added, left_out = (_codes(form, name) for name in ("codes", "excluded_codes"))
    in_force = Organization.objects.in_force()
    chosen = in_force.filter(code__in=added | left_out).order_by("code")
    named = in_force.exclude(level=Level.MINISTRY).named_like(str(form["query"].value() or ""))
    found = named.order_by("code")[:MOST_FOUND]
    organizations = {o.code: o for o in [*chosen, *found]}
    return [
        SingleOrganization(code, organization.full_name, code in added, code in left_out)
        for code, organization in organizations.items()
    ]


def _codes(form: AudienceForm, name: str) -> set[str]:
    """What was chosen, also of a form that is refused; the database is asked for codes only."""
    return {code for code in form[name].value() or () if is_code(code)}
