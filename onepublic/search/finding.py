"""What fits the words of a search, as far as the person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from accounts.models import Organization, User
from notices.models import Notice
from notices.search.facets import Chosen
from notices.search.finding import PAGE, find
from onepublic.core.fulltext.query import parse
from onepublic.core.searching import holding
from surveys.models import Survey

SHOWN = PAGE
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """The first :data:`SHOWN` rows of what fits, and how many fit in all, or ``about`` so many."""

    rows: Sequence[M]
    count: int
    about: bool = False

    @property
    def cut(self) -> bool:
        return self.count > len(self.rows)


def notices_for(user: User, words: str) -> Found[Notice]:
    """Published ones by their full text, attachments included; the newest first."""
    hits = find(user, parse(words), Chosen())
    shown = Notice.objects.visible_to(user).published()
    rows = shown.select_related("current_version", "division__parent").in_bulk(hits.notices)
    ordered = [rows[pk] for pk in hits.notices if pk in rows]
    return Found(ordered, hits.counts.total, about=hits.counts.is_estimate)


def surveys_for(user: User, words: str) -> Found[Survey]:
    """Those that hold every word in their title; the newest first."""
    rows = holding(Survey.objects.visible_to(user), words, "title")
    return _first(rows.select_related("division__parent").order_by("-pk"))


def organizations_for(words: str) -> Found[Organization]:
    """Those in force by name, reading or code: public, so everybody finds them."""
    return _first(Organization.objects.in_force().named_like(words).order_by("code"))


def _first(rows: QuerySet[M]) -> Found[M]:
    shown = list(rows[: SHOWN + 1])
    return Found(shown[:SHOWN], rows.count() if len(shown) > SHOWN else len(shown))
