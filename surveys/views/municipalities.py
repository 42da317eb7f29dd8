"""The municipalities of a prefecture in one survey: how far each is, what is still to check."""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Organization
from accounts.states import Role
from onepublic.core.pagination import in_code_order
from onepublic.core.requests import Request
from surveys.models import Assignment, PrefectureRound, ProxyEntry, Survey
from surveys.prefecture_rights import following_prefecture, may_check_survey, writes_for
from surveys.prefectures import CONDITIONS, COUNTS, WAITING, Shown
from surveys.querysets import AssignmentQuerySet
from surveys.states import PrefecturePart, SurveyState
from surveys.views.running import followed_survey
from surveys.views.survey_tabs import MUNICIPALITIES, survey_tabs

_OF_CHECKING = (Shown.WAITING, Shown.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Followed:
    """A survey as a prefecture follows it: ``asked`` are its municipalities' assignments."""

    survey: Survey
    prefecture: Organization
    asked: AssignmentQuerySet

    @property
    def checks(self) -> bool:
        """Whether prefectures check the answers."""
        return self.survey.prefecture_part == PrefecturePart.CHECK

    def only(self, shown: Shown | None) -> AssignmentQuerySet:
        """What the list shows when it is narrowed."""
        return self.asked.filter(CONDITIONS[shown]) if shown else self.asked


@require_safe
def municipalities(request: Request, survey_id: int) -> HttpResponse:
    """The list in order of codes, narrowed to a state, with how many there are of each."""
    now, followed = timezone.now(), followed_municipalities(request, survey_id)
    shown = shown_in(request.GET.get("show", ""), followed)
    rows = followed.only(shown).select_related("organization", "division").with_due()
    entries = ProxyEntry.objects.in_force().filter(assignment=OuterRef("pk"))
    rows = rows.annotate(is_proxied=Exists(entries))
    rows = rows.annotate(is_checkable=ExpressionWrapper(WAITING, BooleanField()))
    page = in_code_order(rows, path="organization__code", after=request.GET.get("after", ""))
    survey, counts = followed.survey, followed.asked.aggregate(**COUNTS)
    context = {
        "survey": survey,
        "prefecture": followed.prefecture,
        "checks": followed.checks,
        "round": PrefectureRound.objects.filter(
            survey=survey, prefecture=followed.prefecture
        ).first(),
        "writes": writes_for(request.user, followed.prefecture),
        "reads_drafts": survey.prefectures_read_drafts,
        "may_begin_proxy": survey.state == SurveyState.OPEN
        and request.user.has_role(Role.DRAFTER, organization_id=followed.prefecture.pk),
        "may_check": may_check_survey(request.user, survey),
        "rooms": survey_tabs(request.user, survey, MUNICIPALITIES),
        "tabs": _tabs(followed, shown, counts),
        "waiting_count": counts[Shown.WAITING],
        "shown": shown,
        "assignments": page.rows,
        "after": page.next_cursor,
        "now": now,
    }
    return render(request, "surveys/prefectures/municipalities.html", context)


def followed_municipalities(request: Request, survey_id: int) -> Followed:
    """The survey with the municipalities of the person's prefecture; 404 for anybody else and
    where prefectures have no part.
    """
    survey = followed_survey(request, survey_id)
    prefecture = following_prefecture(request.user, survey)
    if prefecture is None:
        raise Http404
    asked = Assignment.objects.filter(
        survey=survey, organization__prefecture=prefecture, succeeded_by__isnull=True
    )
    return Followed(survey, prefecture, asked)


def shown_in(name: str, followed: Followed) -> Shown | None:
    """The state to which the list is narrowed, None for all."""
    offered = {str(shown): shown for shown in _offered(followed)}
    return offered.get(name)


def _offered(followed: Followed) -> list[Shown]:
    return [shown for shown in Shown if followed.checks or shown not in _OF_CHECKING]


def _tabs(
    followed: Followed, current: Shown | None, counts: dict[str, int]
) -> list[dict[str, object]]:
    page = reverse("surveys:municipalities", args=[followed.survey.pk])
    every = {"label": "すべて", "url": page, "current": current is None}
    return [
        every,
        *(
            {
                "label": shown.label,
                "url": f"{page}?show={shown}",
                "current": shown is current,
                "count": counts[str(shown)],
                "unit": "団体",
            }
            for shown in _offered(followed)
        ),
    ]
