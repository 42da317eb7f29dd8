"""How far notices and surveys have come, for the organizations that the person follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from notices.models import Delivery, Notice
from notices.querysets import NoticeQuerySet
from surveys.models import Assignment, Survey
from surveys.querysets import SurveyQuerySet

NEWEST = 5
OPEN = 10


@dataclass(frozen=True, slots=True)
class NoticeRate:
    """A published notice and its deliveries that the person may see."""

    notice: Notice
    delivered: int
    opened: int
    acknowledged: int
    owing: int

    @property
    def unopened(self) -> int:
        return self.delivered - self.opened


@dataclass(frozen=True, slots=True)
class SurveyRate:
    """An open survey and its assignments whose progress the person may see."""

    survey: Survey
    asked: int
    submitted: int

    @property
    def owing(self) -> int:
        return self.asked - self.submitted


@dataclass(frozen=True, slots=True)
class Rates:
    """What a part of the page shows; ``own`` when it is what the person's own division sent."""

    notices: list[NoticeRate]
    surveys: list[SurveyRate]
    own: bool = False


def rates_of_area(user: User) -> Rates:
    """For a prefecture or regional bureau: the newest notices and the open surveys, counted in
    its area alone.
    """
    return Rates(
        notice_rates(user, Notice.objects.visible_to(user).published()),
        survey_rates(user, Survey.objects.visible_to(user).accepting()),
    )


def rates_of_ministry(user: User) -> Rates:
    """What the own divisions have live, or the whole ministry for divisions that sent nothing."""
    notices = notice_rates(user, Notice.objects.written_by_divisions_of(user).published())
    surveys = survey_rates(user, Survey.objects.run_by(user).accepting())
    if notices or surveys:
        return Rates(notices, surveys, own=True)
    return rates_of_area(user)


def notice_rates(user: User, notices: NoticeQuerySet) -> list[NoticeRate]:
    """The latest :data:`NEWEST` with counts; two queries."""
    newest = list(
        notices.select_related("current_version", "division__parent").order_by(
            "-published_at", "-pk"
        )[:NEWEST]
    )
    progress = Delivery.objects.visible_to(user).progress_of(newest)
    counts = ("delivered", "opened", "acknowledged", "owing")
    return [
        NoticeRate(notice, *(progress.get(notice.pk, {}).get(name, 0) for name in counts))
        for notice in newest
    ]


def survey_rates(user: User, surveys: SurveyQuerySet) -> list[SurveyRate]:
    """The :data:`OPEN` that are due first with counts; two queries."""
    found = list(surveys.select_related("division__parent").order_by("due_on", "pk")[:OPEN])
    progress = Assignment.objects.progress_visible_to(user).by_survey(found)
    return _counted(found, progress)


def _counted(surveys: Iterable[Survey], progress: Iterable[dict[str, Any]]) -> list[SurveyRate]:
    counts = {row["survey"]: (row["asked"], row["submitted"]) for row in progress}
    return [SurveyRate(survey, *counts.get(survey.pk, (0, 0))) for survey in surveys]
