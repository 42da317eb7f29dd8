"""Ending a survey: closed, called off, or opened again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import demand
from onepublic.core.requests import Request
from onepublic.core.wareki import wareki
from surveys.actions import cancel_survey, close_survey, reopen_survey
from surveys.fingerprint import frame_mark
from surveys.forms.deciding import CancellationForm, ReopeningForm
from surveys.models import ExtensionRequest, Survey
from surveys.people import people_asked
from surveys.permissions import (
    can_cancel_survey,
    can_close,
    can_reopen,
    is_approver,
    may_cancel_survey,
    may_run,
)
from surveys.states import WORKING_STATES
from surveys.views.running import act, followed_survey


@require_http_methods(["GET", "HEAD", "POST"])
def survey_cancellation(request: Request, survey_id: int) -> HttpResponse:
    """Say what will happen and to how many, ask for the reason, and call it off."""
    survey = followed_survey(request, survey_id)
    demand(may_cancel_survey(request.user, survey))
    sent = request.POST if request.method == "POST" else None
    form = CancellationForm(sent, initial={"mark": frame_mark(survey)})
    if can_cancel_survey(request.user, survey) and not form.is_valid():
        context = {"survey": survey, "form": form, **_counts(survey)}
        return render(request, "surveys/cancellation.html", context)
    if sent is None:
        return redirect("surveys:survey", survey.pk)
    reason, mark = form.data.get("reason", ""), form.data.get("mark", "")
    return act(
        request,
        survey,
        lambda: cancel_survey(survey, by=request.user, reason=reason, mark=mark),
        done="調査を中止しました。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def survey_closing(request: Request, survey_id: int) -> HttpResponse:
    """Say how many have not handed in yet; then end the answering."""
    survey = followed_survey(request, survey_id)
    demand(may_run(request.user, survey))
    if request.method == "POST":
        return act(
            request,
            survey,
            lambda: close_survey(survey, by=request.user),
            done="受付を終了しました。",
        )
    if not can_close(request.user, survey):
        return redirect("surveys:survey", survey.pk)
    return render(request, "surveys/closing.html", {"survey": survey, **_counts(survey)})


@require_http_methods(["GET", "HEAD", "POST"])
def survey_reopening(request: Request, survey_id: int) -> HttpResponse:
    """Ask until when, and take answers again."""
    survey = followed_survey(request, survey_id)
    demand(is_approver(request.user, survey))
    if not can_reopen(request.user, survey):
        return redirect("surveys:survey", survey.pk)
    form = ReopeningForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"survey": survey, "form": form, **_counts(survey)}
        return render(request, "surveys/reopening.html", context)
    due_on = form.cleaned_data["due_on"]
    return act(
        request,
        survey,
        lambda: reopen_survey(survey, by=request.user, due_on=due_on),
        done=f"受付を再開しました。新しい回答の期限は{wareki(due_on)}です。",
    )


def _counts(survey: Survey) -> dict[str, Any]:
    asked = survey.assignments.counted()
    requests = ExtensionRequest.objects.filter(assignment__survey=survey)
    owing = asked.not_submitted()
    return {
        "asked": asked.count(),
        "owing": owing.count(),
        "requests": requests.waiting().count(),
        "working": asked.filter(state__in=WORKING_STATES).count(),
        "people": people_asked(asked.all()).count(),
        "people_owing": people_asked(owing).count(),
    }
