"""What fits the words of a search, as far as the person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import F, Func, Model, Q, QuerySet, TextField, Value

from accounts.models import Organization, User
from notices.models import Notice
from onepublic.core.text import VARIANTS
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


def folded(column: str) -> Func:
    """The column as :func:`onepublic.core.text.fold` would give it, but for the case."""
    narrow = Func(F(column), template="NORMALIZE(%(expressions)s, NFKC)", output_field=TextField())
    printed, typed = Value("".join(VARIANTS)), Value("".join(VARIANTS.values()))
    return Func(narrow, printed, typed, function="TRANSLATE", output_field=TextField())


def notices_for(user: User, words: str) -> Found[Notice]:
    """Published ones that hold every word in title, number or body; the newest first."""
    texts = {
        "title": folded("current_version__title"),
        "number": folded("current_version__number"),
        "body": folded("current_version__body"),
    }
    rows = Notice.objects.visible_to(user).published().alias(**texts).filter(_all(words, texts))
    shown = rows.select_related("current_version", "division__parent")
    return _first(shown.order_by("-published_at", "-pk"))


def surveys_for(user: User, words: str) -> Found[Survey]:
    """Those that hold every word in their title; the newest first."""
    texts = {"name": folded("title")}
    rows = Survey.objects.visible_to(user).alias(**texts).filter(_all(words, texts))
    return _first(rows.select_related("division__parent").order_by("-pk"))


def organizations_for(words: str) -> Found[Organization]:
    """Those in force by name, reading or code: public, so everybody finds them."""
    return _first(Organization.objects.in_force().named_like(words).order_by("code"))


def _all(words: str, texts: dict[str, Func]) -> Q:
    """Every word, each in whichever of the texts."""
    wanted = Q()
    for word in words.split():
        places = Q()
        for name in texts:
            places |= Q(**{f"{name}__icontains": word})
        wanted &= places
    return wanted


def _first(rows: QuerySet[M]) -> Found[M]:
    shown = list(rows[: SHOWN + 1])
    return Found(shown[:SHOWN], rows.count() if len(shown) > SHOWN else len(shown))
