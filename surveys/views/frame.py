"""Beginning a survey, its frame, its audience, and the questions of the round before."""

from typing import TypedDict, TypeVar, cast
from uuid import uuid4

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.views.audience import Addressed, audience_page
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.requests import Request
from surveys.actions import begin_survey, edit_survey, set_survey_audience, take_over_questions
from surveys.actions.holding import NOT_EDITABLE
from surveys.fingerprint import frame_mark
from surveys.forms.frame import FrameForm, NewSurveyForm, earlier_surveys, initial_of
from surveys.models import QuestionnaireTemplate, Survey
from surveys.people import windows_of
from surveys.permissions import can_draft, drafting_division_ids
from surveys.states import PREPARING_STATES
from surveys.views.running import act, drafters_survey, follower

M = TypeVar("M", bound=Model)


class Begun(TypedDict):
    """What a new survey begins with; a survey that is copied comes before a template."""

    source: Survey | None
    template: QuestionnaireTemplate | None


OVERTAKEN = (
    "この画面を開いたあとに、この調査が変更されました。入力した内容は下に残っています。"
    "「現在の内容」を確かめ、この内容で置き換えてよければ、もう一度「保存する」を押してください。"
)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_new(request: Request) -> HttpResponse:
    """Begin a survey, from nothing, as a copy (``?copy=``) of one that the division ran, or from
    a template (``?template=``).
    """
    user = follower(request)
    demand(can_draft(user))
    mine = Survey.objects.run_by(user).order_by("-pk")
    offered = QuestionnaireTemplate.objects.offered_to(drafting_division_ids(user))
    begun: Begun = {
        "source": _chosen(request, "copy", mine.select_related("previous")),
        "template": _chosen(request, "template", offered),
    }
    form = NewSurveyForm(request.POST if request.method == "POST" else None, user=user, **begun)
    survey = _begun(form, user, begun) if form.is_valid() else None
    if survey is None:
        choices = {
            "copyable": mine.only("pk", "title", "fiscal_year"),
            "templates": offered.order_by("name", "pk").only("name"),
        }
        return render(request, "surveys/new.html", {"form": form, **begun, **choices})
    messages.success(request, "下書きを保存しました。続けて、調査票と宛先を設定してください。")
    return redirect("surveys:survey", survey.pk)


def _begun(form: NewSurveyForm, user: User, begun: Begun) -> Survey | None:
    """The draft; None, with a new key in the form, when its key has made another one."""
    division, key = form.cleaned_data["division"], form.cleaned_data["key"]
    try:
        return begin_survey(by=user, division=division, frame=form.frame(), key=key, **begun)
    except Refused as refusal:
        typed = cast("QueryDict", form.data).copy()
        typed["key"] = str(uuid4())
        form.data = typed
        form.add_error(None, str(refusal))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def survey_edit(request: Request, survey_id: int) -> HttpResponse:
    """Change the frame of a draft."""
    survey = _in_preparation(request, survey_id)
    earlier = earlier_surveys(survey)
    if request.method != "POST":
        initial = {**initial_of(survey), "mark": frame_mark(survey)}
        return _edit_page(request, survey, FrameForm(initial=initial, surveys=earlier))
    form = FrameForm(request.POST, surveys=earlier, initial=initial_of(survey))
    if not form.is_valid():
        return _edit_page(request, survey, form)
    try:
        edit_survey(survey, by=request.user, frame=form.frame(), mark=_shown(request))
    except Stale as refusal:
        return _typed_again(request, survey, refusal)
    messages.success(request, "保存しました。")
    return redirect("surveys:survey", survey.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_audience(request: Request, survey_id: int) -> HttpResponse:
    """Choose whom the survey asks."""
    survey = _in_preparation(request, survey_id)
    addressed = Addressed(
        division=survey.division,
        rule=survey.audience,
        revision=frame_mark(survey),
        people=windows_of,
        save=lambda rule: set_survey_audience(
            survey, by=request.user, rule=rule, mark=request.POST.get("revision", "")
        ),
        template="surveys/audience.html",
        back=reverse("surveys:survey", args=[survey.pk]),
        context={"survey": survey},
    )
    return audience_page(request, addressed)


@require_POST
def survey_takeover(request: Request, survey_id: int) -> HttpResponse:
    """Begin with the questions of the previous round."""
    survey = drafters_survey(request, survey_id)
    return act(
        request,
        survey,
        lambda: take_over_questions(survey, by=request.user, mark=_shown(request)),
        done="前回の調査票を引き継ぎました。",
    )


def _chosen(request: Request, name: str, among: QuerySet[M]) -> M | None:
    """The row that the address names, if any; 404 when it is not among them."""
    key = request.GET.get(name, "")
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        raise Http404
    return get_object_or_404(among, pk=int(key))


def _in_preparation(request: Request, survey_id: int) -> Survey:
    """For its drafters; the page opens only while the state allows changes, but what was typed
    may still be sent: nothing gets lost.
    """
    survey = drafters_survey(request, survey_id)
    if request.method != "POST" and survey.state not in PREPARING_STATES:
        raise Stale(NOT_EDITABLE)
    return survey


def _shown(request: Request) -> str:
    return request.POST.get("mark", "")


def _edit_page(request: Request, survey: Survey, form: FrameForm) -> HttpResponse:
    return render(request, "surveys/edit.html", {"form": form, "survey": survey})


def _typed_again(request: Request, survey: Survey, refusal: Stale) -> HttpResponse:
    """The form as it was typed; sending it once more is then a decision, not an accident."""
    survey.refresh_from_db()
    typed = request.POST.copy()
    typed["mark"] = frame_mark(survey)
    form = FrameForm(typed, surveys=earlier_surveys(survey), initial=initial_of(survey))
    editable = survey.state in PREPARING_STATES
    form.add_error(None, OVERTAKEN if editable else str(refusal))
    context = {"form": form, "survey": survey, "overtaken": True}
    return render(request, "surveys/edit.html", context)
