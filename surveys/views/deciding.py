"""The way of a draft: approval asked, taken back, returned, given."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Organization
from onepublic.core.errors import demand
from onepublic.core.requests import Request
from onepublic.core.wareki import wareki
from surveys.actions import (
    approve,
    ask_for_approval,
    cancel_schedule,
    return_survey,
    withdraw_request,
)
from surveys.fingerprint import whole_mark
from surveys.forms.deciding import ReturnSurveyForm
from surveys.insight.burden import burden_by_kind
from surveys.models import Survey
from surveys.people import windows_of
from surveys.permissions import can_return, is_approver, is_second_person
from surveys.questionnaire import Questionnaire, parse_questionnaire
from surveys.readiness import concerns_of
from surveys.states import SurveyState
from surveys.views.preparing import preparing_page, with_places
from surveys.views.running import act, followed_survey

NOT_WAITING = "この調査は決裁待ちではありません。"


@require_POST
def survey_request(request: Request, survey_id: int) -> HttpResponse:
    """Send a draft for approval."""
    survey = followed_survey(request, survey_id)
    return act(
        request,
        survey,
        lambda: ask_for_approval(survey, by=request.user, mark=_shown(request)),
        done="決裁を求めました。決裁者にメールで知らせます。",
    )


@require_POST
def survey_request_withdrawal(request: Request, survey_id: int) -> HttpResponse:
    """Take it back to go on writing."""
    survey = followed_survey(request, survey_id)
    return act(
        request,
        survey,
        lambda: withdraw_request(survey, by=request.user),
        done="作成中に戻しました。",
    )


@require_POST
def survey_return(request: Request, survey_id: int) -> HttpResponse:
    """Give it back with a reason."""
    survey = followed_survey(request, survey_id)
    demand(is_approver(request.user, survey))
    form = ReturnSurveyForm(request.POST)
    if can_return(request.user, survey) and not form.is_valid():
        return preparing_page(request, survey, form)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return act(
        request,
        survey,
        lambda: return_survey(survey, by=request.user, reason=reason),
        done="起案者に差し戻しました。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def survey_approval(request: Request, survey_id: int) -> HttpResponse:
    """Show once more what will be asked and of whom; then decide."""
    survey = followed_survey(request, survey_id)
    demand(is_second_person(request.user, survey))
    if request.method == "POST":
        return act(
            request,
            survey,
            lambda: approve(survey, by=request.user, mark=_shown(request)),
            done=_decided(survey),
        )
    if survey.state != SurveyState.IN_REVIEW:
        messages.info(request, NOT_WAITING)
        return redirect("surveys:survey", survey.pk)
    return render(request, "surveys/approval.html", _confirmation(survey))


@require_POST
def survey_schedule_cancellation(request: Request, survey_id: int) -> HttpResponse:
    """Keep it from opening on its day."""
    survey = followed_survey(request, survey_id)
    return act(
        request,
        survey,
        lambda: cancel_schedule(survey, by=request.user),
        done="受付開始の予約を取り消しました。起案者に戻っています。",
    )


def _shown(request: Request) -> str:
    return request.POST.get("mark", "")


def _decided(survey: Survey) -> str:
    if survey.opens_on <= timezone.localdate():
        return "決裁しました。受付を始めています。"
    return f"決裁しました。{wareki(survey.opens_on)}に受付を始めます。"


def _confirmation(survey: Survey) -> dict[str, Any]:
    organizations = Organization.objects.matching(survey.audience)
    concerns = with_places(survey, concerns_of(survey))
    return {
        "survey": survey,
        "mark": whole_mark(survey),
        "organizations": organizations.count(),
        "people": windows_of(organizations).count() if survey.notify_by_mail else 0,
        "opens_now": survey.opens_on <= timezone.localdate(),
        "concerns": concerns,
        "stopped": any(concern.stops for concern, _ in concerns),
        "kinds": burden_by_kind(survey, _questions_of(survey)),
    }


def _questions_of(survey: Survey) -> Questionnaire:
    """As they were last written, even when they can't be opened so."""
    return parse_questionnaire(survey.revisions.latest("number").document, draft=True)
