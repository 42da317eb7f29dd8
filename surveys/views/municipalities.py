"""The municipalities of a prefecture in one survey: how far each is, what is still to check."""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.models import Organization, User
from accounts.states import Role
from onepublic.core.pagination import in_code_order
from onepublic.core.requests import Request
from surveys.models import Assignment, PrefectureRound, ProxyEntry, Survey
from surveys.prefecture_rights import (
    may_check_survey,
    prefecture_for,
    prefectures_of,
    writes_for,
)
from surveys.prefectures import CONDITIONS, COUNTS, WAITING, Shown
from surveys.querysets import AssignmentQuerySet
from surveys.states import PrefecturePart, SurveyState
from surveys.views.running import followed_survey
from surveys.views.survey_tabs import MUNICIPALITIES, survey_tabs

_OF_CHECKING = (Shown.WAITING, Shown.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Followed:
    """A survey as a prefecture follows it: ``asked`` are its municipalities' assignments;
    ``prefectures`` all that the person has, nearly always this one alone.
    """

    survey: Survey
    prefecture: Organization
    asked: AssignmentQuerySet
    prefectures: tuple[Organization, ...] = ()

    @property
    def named(self) -> str:
        """What addresses and forms carry, so that a person of several prefectures acts for one."""
        return self.prefecture.code if len(self.prefectures) > 1 else ""

    @property
    def page(self) -> str:
        """The address of the list."""
        return area_page(self.survey.pk, self.named)

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
        "prefectures": _prefectures(followed),
        "named": followed.named,
        "checks": followed.checks,
        "round": PrefectureRound.objects.filter(
            survey=survey, prefecture=followed.prefecture
        ).first(),
        "writes": writes_for(request.user, followed.prefecture),
        "reads_drafts": survey.prefectures_read_drafts,
        "may_begin_proxy": survey.state == SurveyState.OPEN
        and request.user.has_role(Role.DRAFTER, organization_id=followed.prefecture.pk),
        "may_check": may_check_survey(request.user, survey, followed.prefecture),
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
    """The survey with the municipalities of the person's prefecture: of several the one that the
    address names (``prefecture``), where it names none the first. 404 for anybody else, where
    prefectures have no part, and for an act that would be for one of several without its name.
    """
    survey = followed_survey(request, survey_id)
    own = prefectures_of(request.user, survey)
    named = request.GET.get("prefecture", "")
    found = [each for each in own if named in ("", each.code)]
    if not found or (request.method == "POST" and len(found) > 1):
        raise Http404
    prefecture = found[0]
    asked = Assignment.objects.filter(
        survey=survey, organization__prefecture=prefecture, succeeded_by__isnull=True
    )
    return Followed(survey, prefecture, asked, tuple(own))


def area_page(survey_id: int, named: str = "", *, show: object = "") -> str:
    """The address of the list, of the prefecture that is named and narrowed to a state."""
    wanted = {"prefecture": named, "show": str(show or "")}
    query = urlencode({key: value for key, value in wanted.items() if value})
    page = reverse("surveys:municipalities", args=[survey_id])
    return f"{page}?{query}" if query else page


def area_page_of(user: User, assignment: Assignment) -> str:
    """The list in which the person finds the response's organization."""
    prefecture = prefecture_for(user, assignment)
    is_one_of_several = len(prefectures_of(user, assignment.survey)) > 1
    named = prefecture.code if prefecture and is_one_of_several else ""
    return area_page(assignment.survey_id, named)


def shown_in(name: str, followed: Followed) -> Shown | None:
    """The state to which the list is narrowed, None for all."""
    offered = {str(shown): shown for shown in _offered(followed)}
    return offered.get(name)


def _offered(followed: Followed) -> list[Shown]:
    return [shown for shown in Shown if followed.checks or shown not in _OF_CHECKING]


def _prefectures(followed: Followed) -> list[dict[str, object]]:
    """To change between them, for who acts for several; else none."""
    survey = followed.survey.pk
    return [
        {
            "label": each.name,
            "url": area_page(survey, each.code),
            "current": each == followed.prefecture,
        }
        for each in followed.prefectures
        if followed.named
    ]


def _tabs(
    followed: Followed, current: Shown | None, counts: dict[str, int]
) -> list[dict[str, object]]:
    every = {"label": "すべて", "url": followed.page, "current": current is None}
    return [
        every,
        *(
            {
                "label": shown.label,
                "url": area_page(followed.survey.pk, followed.named, show=shown),
                "current": shown is current,
                "count": counts[str(shown)],
                "unit": "団体",
            }
            for shown in _offered(followed)
        ),
    ]
