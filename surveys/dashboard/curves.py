"""How many had handed in at the end of each day, beside earlier surveys at the same distance from
their opening or their deadline.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from statistics import median

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.db.models.query import QuerySet
from django.utils import timezone

from accounts.models import User
from surveys.models import Assignment, Survey
from surveys.states import SurveyState

EARLIER = 5  # surveys of the division, the newest, of which the median is drawn
MOST_DAYS = 366
Share = float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """``totals``: how many had handed in at the end of each day from ``opened`` on, as far as
    anything happened; ``asked`` are those that the person may follow, never none.
    """

    survey: Survey
    asked: int
    opened: date
    totals: Sequence[int]

    def total(self, day: date) -> int | None:
        """At the end of the day; None before the opening and for days to come."""
        if not self.opened <= day <= timezone.localdate():
            return None
        return self.totals[min((day - self.opened).days, len(self.totals) - 1)]

    def share(self, day: date) -> Share:
        """The same in percent of the asked, to a tenth."""
        total = self.total(day)
        return None if total is None else round(100 * total / self.asked, 1)


@dataclass(frozen=True, slots=True)
class Days:
    """``days`` from the opening to the deadline, or to the last change after it. ``previous`` and
    ``median``: shares on the days that correspond, None where there is nothing to compare with.
    """

    days: list[date]
    own: Curve
    previous: list[Share] | None
    median: list[Share] | None


def days_of(user: User, survey: Survey, *, by_deadline: bool) -> Days | None:
    """The curve of those the person may follow, and what it is compared with; None where nobody
    was asked whom the person may follow. Two queries, and one for the earlier surveys.
    """
    earlier = list(_earlier(survey)[:EARLIER])
    compared = [survey.previous] if survey.previous and survey.previous.opened_at else []
    curves = _curves(user, {each.pk: each for each in (survey, *compared, *earlier)})
    own = curves.get(survey.pk)
    if own is None:
        return None
    days = _days(own)

    def beside(curve: Curve) -> list[Share]:
        apart = _zero(curve, by_deadline) - _zero(own, by_deadline)
        return [curve.share(day + apart) for day in days]

    previous = curves.get(compared[0].pk) if compared else None
    others = [beside(curves[each.pk]) for each in earlier if each.pk in curves]
    return Days(
        days,
        own,
        beside(previous) if previous else None,
        [_median(shares) for shares in zip(*others, strict=True)] if len(others) > 1 else None,
    )


def _earlier(survey: Survey) -> QuerySet[Survey]:
    """What the division asked before, the newest first."""
    opened = Survey.objects.started().exclude(state=SurveyState.CANCELLED)
    before = opened.filter(division=survey.division_id, opened_at__lt=survey.opened_at)
    return before.order_by("-opened_at", "-pk")


def _curves(user: User, surveys: dict[int, Survey]) -> dict[int, Curve]:
    followed = Assignment.objects.progress_visible_to(user).counted().filter(survey__in=surveys)
    asked = followed.order_by().values_list("survey").annotate(Count("pk"))
    changes = _changes(followed)
    return {key: _curve(surveys[key], count, changes.get(key, Counter())) for key, count in asked}


def _changes(followed: "QuerySet[Assignment]") -> dict[int, Counter[date]]:
    """By survey and day: how many more had handed in than the evening before. What was handed in
    and given back counts for the days between.
    """
    rows = (
        followed.filter(submissions__isnull=False)
        .annotate(
            begun=TruncDate("submissions__submitted_at"), ended=TruncDate("submissions__ended_at")
        )
        .order_by()
        .values_list("survey", "begun", "ended")
        .annotate(Count("pk"))
    )
    found: dict[int, Counter[date]] = {}
    for key, begun, ended, count in rows:
        changes = found.setdefault(key, Counter())
        changes[begun] += count
        if ended:
            changes[ended] -= count
    return found


def _curve(survey: Survey, asked: int, changes: Counter[date]) -> Curve:
    assert survey.opened_at  # noqa: S101 - whoever was asked was asked by one that has opened
    opened = timezone.localdate(survey.opened_at)
    last = max([opened, *changes])
    days = (opened + timedelta(days=number) for number in range((last - opened).days + 1))
    return Curve(survey, asked, opened, list(accumulate(changes[day] for day in days)))


def _days(own: Curve) -> list[date]:
    count = max((own.survey.due_on - own.opened).days + 1, len(own.totals))
    return [own.opened + timedelta(days=number) for number in range(min(count, MOST_DAYS))]


def _zero(curve: Curve, by_deadline: bool) -> timedelta:
    """The day from which days are counted, as a distance that can be subtracted."""
    day = curve.survey.due_on if by_deadline else curve.opened
    return day - date.min


def _median(shares: Sequence[Share]) -> Share:
    known = [share for share in shares if share is not None]
    return round(median(known), 1) if known else None
