"""What a prefecture follows of its municipalities' responses, and how it sorts them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q, TextChoices

from accounts.models import User
from accounts.states import Level
from surveys.states import HANDED_IN_STATES, AssignmentState, PrefecturePart

if TYPE_CHECKING:
    from surveys.models.assignments import Assignment
    from surveys.models.prefectures import PrefectureRound, ProxyEntry  # noqa: F401 - in strings

CHECKABLE_STATES = (AssignmentState.SUBMITTED, AssignmentState.NOT_APPLICABLE)


class Shown(TextChoices):
    """What the list of municipalities may be narrowed to."""

    NOT_STARTED = "not_started", "未着手"
    WORKING = "working", "回答中"
    HANDED_IN = "handed_in", "提出済み"
    WAITING = "waiting", "確認待ち"
    CONFIRMED = "confirmed", "確認済み"
    RETURNED = "returned", "差戻し"


WAITING = Q(state__in=CHECKABLE_STATES, confirmed_at__isnull=True)
CONDITIONS: dict[Shown, Q] = {
    Shown.NOT_STARTED: Q(state=AssignmentState.NOT_STARTED),
    Shown.WORKING: Q(
        state__in=[
            AssignmentState.DRAFTING,
            AssignmentState.AWAITING_APPROVAL,
            AssignmentState.RETURNED_INSIDE,
        ]
    ),
    Shown.HANDED_IN: Q(state__in=HANDED_IN_STATES),
    Shown.WAITING: WAITING,
    Shown.CONFIRMED: Q(confirmed_at__isnull=False),
    Shown.RETURNED: Q(state=AssignmentState.RETURNED),
}
COUNTS = {str(shown): Count("pk", filter=condition) for shown, condition in CONDITIONS.items()}


def followed_by_prefecture(user: User, *, organization: str, survey: str) -> Q:
    """Municipalities of the person's prefecture, where prefectures have a part in the survey.

    ``organization`` and ``survey`` are the paths to them, the survey's with its ``__``.
    """
    own = user.organization_ids(Level.PREFECTURE)
    has_part = ~Q(**{f"{survey}prefecture_part": PrefecturePart.NONE})
    return Q(**{f"{organization}__prefecture__in": own}) & has_part


def read_by_prefecture(user: User) -> Q:
    """Assignments of such municipalities whose answers the person may read: what is handed in
    where prefectures check, all where the survey lets them read drafts.
    """
    checked = Q(survey__prefecture_part=PrefecturePart.CHECK, state__in=HANDED_IN_STATES)
    readable = checked | Q(survey__prefectures_read_drafts=True)
    return followed_by_prefecture(user, organization="organization", survey="survey__") & readable


def written_by_proxy(user: User) -> Q:
    """Assignments that the person's prefecture writes by proxy, or handed in so. To be used in a
    subquery of its own: an assignment has many entries.
    """
    own = Q(proxy_entries__prefecture__in=user.organization_ids(Level.PREFECTURE))
    handed_in = Q(
        state__in=HANDED_IN_STATES,
        proxy_entries__submission__isnull=False,
        proxy_entries__submission__ended_at__isnull=True,
    )
    return own & (Q(proxy_entries__ended_at__isnull=True) | handed_in)


class RoundQuerySet(models.QuerySet["PrefectureRound"]):
    def visible_to(self, user: User) -> "RoundQuerySet":
        """For the prefecture, its municipalities that the survey asks, and the division that runs
        the survey.
        """
        own = user.organization_ids()
        asked = self.model.objects.filter(
            survey__assignments__organization__in=own,
            survey__assignments__organization__prefecture=F("prefecture"),
        )
        said = Q(prefecture__in=own) | Q(pk__in=asked.values("pk"))
        return self.in_force().filter(said | Q(survey__division__in=user.division_ids()))

    def in_force(self) -> "RoundQuerySet":
        """Where prefectures have a part in the survey."""
        return self.exclude(survey__prefecture_part=PrefecturePart.NONE)


class ProxyQuerySet(models.QuerySet["ProxyEntry"]):
    def of_submissions_in_force(self, assignments: "Iterable[Assignment]") -> "ProxyQuerySet":
        """Those under which a prefecture handed in what now stands."""
        return self.filter(assignment__in=assignments, submission__ended_at__isnull=True).exclude(
            submission=None
        )

    def in_force(self) -> "ProxyQuerySet":
        """Those that nobody has ended."""
        return self.filter(ended_at__isnull=True)


def own_or_in_bureau(user: User, organization: str) -> Q:
    """The person's own organizations, and those in the area of a regional bureau."""
    own = user.organization_ids()
    return Q(**{f"{organization}__in": own}) | Q(**{f"{organization}__regional_bureau__in": own})
