"""What else is due at the same organizations in the same weeks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count
from django.urls import reverse

from accounts.models import Organization
from accounts.querysets import OrganizationQuerySet
from notices.models import Delivery
from surveys.models import Assignment, Survey
from surveys.states import SurveyState

BEFORE, AFTER = timedelta(days=21), timedelta(days=14)
MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Something due at ``organizations`` of those that the survey asks."""

    day: date
    kind: str
    title: str
    url: str
    organizations: int


def due_nearby(survey: Survey) -> list[Neighbour]:
    """Notices with a due date and other surveys, from three weeks before the survey's due date
    to two weeks after it, in order of days; at most 30 of each.
    """
    asked = _asked(survey)
    days = (survey.due_on - BEFORE, survey.due_on + AFTER)
    found = [*_surveys(survey, asked, days), *_notices(asked, days)]
    return sorted(found, key=lambda one: (one.day, one.title))


def _asked(survey: Survey) -> OrganizationQuerySet:
    if survey.opened_at:
        return Organization.objects.filter(assignments__survey=survey)
    return Organization.objects.matching(survey.audience)


def _surveys(
    survey: Survey, asked: OrganizationQuerySet, days: tuple[date, date]
) -> list[Neighbour]:
    rows = (
        Assignment.objects.counted()
        .filter(
            survey__state=SurveyState.OPEN,
            survey__due_on__range=days,
            organization__in=asked.values("pk"),
        )
        .exclude(survey=survey)
        .values_list("survey", "survey__due_on", "survey__title")
        .annotate(count=Count("pk"))
        .order_by("survey__due_on", "survey")[:MOST]
    )
    return [
        Neighbour(day, "調査", title, reverse("surveys:survey", args=[pk]), count)
        for pk, day, title, count in rows
    ]


def _notices(asked: OrganizationQuerySet, days: tuple[date, date]) -> list[Neighbour]:
    version = "notice__current_version"
    rows = (
        Delivery.objects.standing()
        .filter(**{f"{version}__due_on__range": days}, organization__in=asked.values("pk"))
        .values_list("notice", f"{version}__due_on", f"{version}__title")
        .annotate(count=Count("pk"))
        .order_by(f"{version}__due_on", "notice")[:MOST]
    )
    return [
        Neighbour(day, "通知", title, reverse("notices:detail", args=[pk]), count)
        for pk, day, title, count in rows
    ]
