"""What fits the words of a search, as far as the person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from accounts.models import Organization, User
from notices.models import Notice
from onepublic.core.searching import holding
from surveys.models import Survey

SHOWN = 20
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """The first :data:`SHOWN` rows of what fits, and how many fit in all."""

    rows: Sequence[M]
    count: int

    @property
    def cut(self) -> bool:
        return self.count > len(self.rows)


def notices_for(user: User, words: str) -> Found[Notice]:
    """Published ones that hold every word in title, number or body; the newest first."""
    rows = holding(
        Notice.objects.visible_to(user).published(),
        words,
        "current_version__title",
        "current_version__number",
        "current_version__body",
    )
    shown = rows.select_related("current_version", "division__parent")
    return _first(shown.order_by("-published_at", "-pk"))


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
