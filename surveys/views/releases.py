"""Releasing the results of a survey, for the division that runs it: choose, look, release, end."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.actions.releasing import (
    NOT_CLOSED,
    end_release,
    mark_of,
    release_results,
    results_to_release,
)
from surveys.forms.releases import PublicationForm, ReleaseForm
from surveys.models import Release, Survey
from surveys.permissions import may_run
from surveys.responses import questionnaire_of
from surveys.results.counting import latest_revision
from surveys.results.frozen import Results
from surveys.states import SurveyState
from surveys.views.asked import opened_survey
from surveys.views.result_pages import shown
from surveys.views.survey_tabs import RELEASES, survey_tabs

RELEASED = "結果を公表しました。対象の機関の職員にメールで知らせます。"
ENDED = "結果の公表を終えました。"


@require_safe
def releases(request: Request, survey_id: int) -> HttpResponse:
    """What is released now, what was before, and the way to release."""
    survey = _survey(request, survey_id)
    rows = survey.releases.defer("figures").select_related("released_by", "ended_by")
    rounds = list(rows.order_by("-number"))
    current = next((each for each in rounds if each.ended_at is None), None)
    context = {
        "survey": survey,
        "tabs": survey_tabs(request.user, survey, RELEASES),
        "current": current,
        "rounds": rounds,
        "public_url": _public_url(current),
        "is_closed": survey.state == SurveyState.CLOSED,
    }
    return render(request, "surveys/results/releases.html", context)


def _public_url(release: Release | None) -> str:
    if release is None or release.public_key is None:
        return ""
    return f"{settings.PORTAL_URL}{reverse('surveys:open_results', args=[release.public_key])}"


@require_http_methods(["GET", "HEAD", "POST"])
def release_new(request: Request, survey_id: int) -> HttpResponse:
    """Choose; what was chosen comes back from the page that shows what would be released."""
    survey = _survey(request, survey_id)
    if survey.state != SurveyState.CLOSED:
        messages.warning(request, NOT_CLOSED)
        return redirect(RELEASES, survey.pk)
    form = _form(survey, request.POST if request.method == "POST" else None)
    return _choosing(request, survey, form, status=200)


@require_POST
def release_preview(request: Request, survey_id: int) -> HttpResponse:
    """Exactly what would be shown, a section at a time; nothing is kept."""
    survey = _survey(request, survey_id)
    form = _form(survey, request.POST)
    results = _results(request, survey, form)
    if results is None:
        return _choosing(request, survey, form, status=422)
    confirming = PublicationForm(
        is_public=form.choice().is_public, initial={"mark": mark_of(results)}
    )
    return _preview(request, survey, form, results, confirming)


@require_POST
def release_publication(request: Request, survey_id: int) -> HttpResponse:
    """Release what the page before showed."""
    survey = _survey(request, survey_id)
    form = _form(survey, request.POST)
    if not form.is_valid():
        return _choosing(request, survey, form, status=422)
    choice = form.choice()
    confirming = PublicationForm(request.POST, is_public=choice.is_public)
    if not confirming.is_valid():
        results = _results(request, survey, form)
        if results is None:
            return _choosing(request, survey, form, status=422)
        return _preview(request, survey, form, results, confirming, status=422)
    mark = confirming.cleaned_data["mark"]
    try:
        release_results(survey, by=request.user, choice=choice, mark=mark)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _choosing(request, survey, form, status=409)
    messages.success(request, RELEASED)
    return redirect(RELEASES, survey.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def release_ending(request: Request, survey_id: int, number: int) -> HttpResponse:
    """Say what ends with it, and end it."""
    survey = _survey(request, survey_id)
    release = get_object_or_404(survey.releases.defer("figures"), number=number)
    if request.method != "POST":
        context = {"survey": survey, "release": release}
        return render(request, "surveys/results/ending.html", context)
    try:
        end_release(release, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, ENDED)
    return redirect(RELEASES, survey.pk)


def _survey(request: Request, survey_id: int) -> Survey:
    """404 when the person may not see it, 403 when they don't run it."""
    survey = opened_survey(request, survey_id)
    demand(may_run(request.user, survey))
    return survey


def _form(survey: Survey, sent: QueryDict | None) -> ReleaseForm:
    """As sent, else as the last time."""
    last = survey.releases.defer("figures").order_by("-number").first()
    initial: dict[str, Any] = {}
    if last is not None:
        names = ("scope", "smallest_group", "note", "question_ids")
        initial = {name: getattr(last, name) for name in names}
    questionnaire = questionnaire_of(latest_revision(survey))
    return ReleaseForm(sent, questionnaire=questionnaire, initial=initial)


def _results(request: Request, survey: Survey, form: ReleaseForm) -> Results | None:
    """None when the form, or the state of things, does not allow it; the form says why."""
    if not form.is_valid():
        return None
    try:
        return results_to_release(survey, by=request.user, choice=form.choice())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _choosing(request: Request, survey: Survey, form: ReleaseForm, *, status: int) -> HttpResponse:
    received = survey.assignments.counted()
    context = {
        "survey": survey,
        "form": form,
        "handed_in": received.submitted().count(),
        "confirming": received.with_prefecture().count(),
    }
    return render(request, "surveys/results/choosing.html", context, status=status)


def _preview(
    request: Request,
    survey: Survey,
    form: ReleaseForm,
    results: Results,
    confirming: PublicationForm,
    *,
    status: int = 200,
) -> HttpResponse:
    sent: Mapping[str, str] = request.POST
    sections = {each.id: each for each in results.sections}
    section = sections.get(sent.get("section", ""), results.sections[0])
    context = {
        "survey": survey,
        "choice": form.choice(),
        "scope_label": form.choice().scope.label,
        "sent": form.sent(),
        "form": confirming,
        **shown(results.head, section, sent, None),
    }
    return render(request, "surveys/results/preview.html", context, status=status)
