"""Following surveys: how many have answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from surveys.models import Assignment, ExtensionRequest, PrefectureRound, Survey
from surveys.permissions import (
    can_cancel_survey,
    can_close,
    can_compile,
    can_draft,
    can_reopen,
    can_widen,
    may_run,
)
from surveys.views.dashboard import dashboard_of
from surveys.views.preparing import preparing_page
from surveys.views.revising import revising_of
from surveys.views.running import followed_survey, follower
from surveys.views.survey_tabs import PROGRESS, survey_tabs
from surveys.waiting import waiting_by_survey


@require_safe
def surveys(request: Request) -> HttpResponse:
    """The surveys that the person may follow, with the rates of the own area."""
    user = follower(request)
    found = Survey.objects.visible_to(user).select_related("division__parent")
    page = newest_first(found, cursor=request.GET.get("cursor", ""))
    counts = Assignment.objects.progress_visible_to(user).by_survey(page.rows)
    by_survey = {row["survey"]: row for row in counts}
    context = {
        "rows": [(survey, by_survey.get(survey.pk)) for survey in page.rows],
        "page": page,
        "can_draft": can_draft(user),
        "waiting": Survey.objects.waiting_for(user).order_by("pk"),
        "exchanges": waiting_by_survey(user),
    }
    return render(request, "surveys/surveys.html", context)


@require_safe
def survey(request: Request, survey_id: int) -> HttpResponse:
    """How far it has come, in all, by prefecture and by kind."""
    user = request.user
    followed = followed_survey(request, survey_id)
    if followed.opened_at is None:
        return preparing_page(request, followed)
    progress = Assignment.objects.progress_visible_to(user).filter(survey=followed)
    context = {
        "survey": followed,
        "tabs": survey_tabs(user, followed, PROGRESS),
        **dashboard_of(request, followed, progress),
        "may_run": may_run(user, followed),
        "waiting": _waiting(user, followed),
        "can_compile": can_compile(user, followed),
        **revising_of(user, followed),
        "can_close": can_close(user, followed),
        "can_widen": can_widen(user, followed),
        "can_reopen": can_reopen(user, followed),
        "can_cancel": can_cancel_survey(user, followed),
    }
    return render(request, "surveys/survey.html", context)


def _waiting(user: User, followed: Survey) -> dict[str, int] | None:
    """How many inquiries and requests for more time wait, and how many prefectures have had their
    word, for the division that runs it.
    """
    if followed.division_id not in user.division_ids():
        return None
    asked = ExtensionRequest.objects.filter(assignment__survey=followed)
    return {
        "inquiries": followed.inquiries.waiting().count(),
        "extensions": asked.waiting().count(),
        "rounds": PrefectureRound.objects.in_force().filter(survey=followed).count(),
    }
