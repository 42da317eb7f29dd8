"""Revising the questionnaire of an open survey: begun, looked at, published or given up."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.actions import (
    ask_for_publication,
    begin_revision,
    discard_revision,
    publish_revision,
)
from surveys.actions.asking_publication import last_request
from surveys.actions.opening import ensure_sound
from surveys.fingerprint import whole_mark
from surveys.forms.revising import RevisionForm, RevisionPublicationForm
from surveys.models import QuestionnaireRevision, Survey
from surveys.permissions import has_written, is_approver, is_drafter, may_run
from surveys.revision_effects import Effects, effects_of, revision_in_hand
from surveys.states import AssignmentState, SurveyState
from surveys.views.running import act, drafters_survey, followed_survey

NONE_IN_HAND = "改訂中の調査票がありません。"
TIME_AGAIN = timedelta(days=14)


@require_http_methods(["GET", "HEAD", "POST"])
def revision_new(request: Request, survey_id: int) -> HttpResponse:
    """Ask why, and begin."""
    survey = drafters_survey(request, survey_id)
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if survey.state != SurveyState.OPEN or revision_in_hand(survey):
        return redirect("surveys:survey", survey.pk)
    if not form.is_valid():
        return render(request, "surveys/revision_new.html", {"survey": survey, "form": form})
    return act(
        request,
        survey,
        lambda: begin_revision(survey, by=request.user, reason=form.cleaned_data["reason"]),
        done="改訂を始めました。調査票を編集してください。公開するまで、依頼先には影響しません。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def revision_discard(request: Request, survey_id: int) -> HttpResponse:
    """Ask once more, and give up the revision in hand."""
    survey = drafters_survey(request, survey_id)
    if request.method != "POST":
        context = {"survey": survey, "revision": revision_in_hand(survey)}
        return render(request, "surveys/revision_discard.html", context)
    return act(
        request,
        survey,
        lambda: discard_revision(survey, by=request.user),
        done="改訂を取りやめました。公開中の調査票は、そのままです。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def revision_publication(request: Request, survey_id: int) -> HttpResponse:
    """Each change in words with what it touches; another person than its writers publishes."""
    survey = followed_survey(request, survey_id)
    demand(may_run(request.user, survey))
    revision = revision_in_hand(survey)
    if revision is None or survey.state != SurveyState.OPEN:
        messages.info(request, NONE_IN_HAND)
        return redirect("surveys:survey", survey.pk)
    revision.survey = survey
    effects = effects_of(revision)
    form = _form(request, survey, effects)
    if request.method != "POST" or not form.is_valid():
        return _page(request, revision, effects, form)
    return _publish(request, survey, form)


@require_POST
def revision_request(request: Request, survey_id: int) -> HttpResponse:
    """Ask the approvers to publish the revision that the page showed."""
    survey = drafters_survey(request, survey_id)
    mark = request.POST.get("mark", "")
    return act(
        request,
        survey,
        lambda: ask_for_publication(survey, by=request.user, mark=mark),
        done="決裁者に公開を求めました。メールでも知らせています。",
    )


def revising_of(user: User, survey: Survey) -> dict[str, Any]:
    """What the page of an opened survey says of its revision, to those who run it."""
    if not may_run(user, survey) or survey.state != SurveyState.OPEN:
        return {}
    revision = revision_in_hand(survey)
    drafts = is_drafter(user, survey)
    return {"revision": revision, "can_write": drafts, "can_revise": drafts and not revision}


def _publish(request: Request, survey: Survey, form: RevisionPublicationForm) -> HttpResponse:
    typed = form.cleaned_data
    return act(
        request,
        survey,
        lambda: publish_revision(
            survey,
            by=request.user,
            mark=typed["mark"],
            confirmed=typed.get("confirmed", False),
            until=typed.get("until"),
        ),
        done="改訂した調査票を公開しました。",
    )


def _form(request: Request, survey: Survey, effects: Effects) -> RevisionPublicationForm:
    sent = request.POST if request.method == "POST" else None
    proposed = max(survey.due_on, timezone.localdate() + TIME_AGAIN)
    return RevisionPublicationForm(
        sent,
        harmful=bool(effects.harmful),
        returns=bool(_handed_in(survey, effects)),
        initial={"mark": whole_mark(survey), "until": proposed},
    )


def _handed_in(survey: Survey, effects: Effects) -> int:
    states = [AssignmentState.SUBMITTED, AssignmentState.ACCEPTED]
    return survey.assignments.filter(pk__in=effects.touched, state__in=states).count()


def _page(
    request: Request,
    revision: QuestionnaireRevision,
    effects: Effects,
    form: RevisionPublicationForm,
) -> HttpResponse:
    survey = revision.survey
    context: dict[str, Any] = {
        "survey": survey,
        "revision": revision,
        "effects": effects,
        "rows": [(effect, len(effect.assignments)) for effect in effects.harmful],
        "touched": len(effects.touched),
        "returned": _handed_in(survey, effects),
        "form": form,
        "flaws": _flaws(revision),
        "asked_by": last_request(revision),
        "has_changes": bool(effects.harmless or effects.harmful),
        "can_ask": is_drafter(request.user, survey),
        "mark": form.initial["mark"],
        "can_publish": is_approver(request.user, survey)
        and not has_written(request.user, revision),
    }
    return render(request, "surveys/revision_publication.html", context)


def _flaws(revision: QuestionnaireRevision) -> str:
    """Why it can't be published at all; "" when it can."""
    try:
        ensure_sound(revision)
    except Refused as refusal:
        return str(refusal)
    return ""
