"""The requests for more time, as the division that runs the survey decides them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from onepublic.core.wareki import wareki
from surveys.actions import decide_extensions
from surveys.exchange import ExtensionQuerySet
from surveys.forms.handing_in import ExtensionDecisionForm
from surveys.models import ExtensionRequest, Survey
from surveys.permissions import may_run
from surveys.querysets import AWAITED, DAYS_TO_DECIDE
from surveys.states import HANDED_IN_STATES, SurveyState
from surveys.views.running import followed_survey

MOST_SHOWN = 200
LONGEST_KEY = 18  # digits of a primary key
NONE_CHOSEN = "申請を選んでください。"
OVERTAKEN = "選んだ申請は、すでに決定又は取下げになっています。"


@require_http_methods(["GET", "HEAD", "POST"])
def survey_extensions(request: Request, survey_id: int) -> HttpResponse:
    """What waits, oldest first, to be granted or refused one by one or together."""
    survey = followed_survey(request, survey_id)
    demand(survey.division_id in request.user.division_ids())
    if request.method != "POST":
        return _page(request, survey, ExtensionDecisionForm())
    demand(may_run(request.user, survey))
    form = ExtensionDecisionForm(request.POST)
    sent = request.POST.getlist("request")[:MOST_SHOWN]
    chosen = [int(key) for key in sent if key.isdecimal() and len(key) <= LONGEST_KEY]
    if not chosen:
        form.add_error(None, NONE_CHOSEN)
    if form.is_valid():
        granted = request.POST.get("decision") == "grant"
        try:
            count = decide_extensions(
                survey, chosen, by=request.user, granted=granted, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error("until" if granted else None, str(refusal))
        else:
            _tell(request, count, granted=granted)
            return redirect("surveys:survey_extensions", survey.pk)
    return _page(request, survey, form, chosen=chosen, status=422)


def _tell(request: Request, count: int, *, granted: bool) -> None:
    verb = "承認しました" if granted else "不承認としました"
    if count:
        messages.success(request, f"{count}件の申請を{verb}。申請した人にメールで知らせます。")
    else:
        messages.error(request, OVERTAKEN)


def _page(
    request: Request,
    survey: Survey,
    form: ExtensionDecisionForm,
    *,
    chosen: list[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = ExtensionRequest.objects.filter(assignment__survey=survey)
    related = rows.select_related("assignment__organization", "asked_by", "decided_by")
    context = {
        "survey": survey,
        "waiting": related.waiting().order_by("pk")[:MOST_SHOWN],
        "waiting_count": rows.waiting().count(),
        **_lapsing(survey, rows.waiting()),
        "decided": related.decided().order_by("-decided_at")[:MOST_SHOWN],
        "given": rows.given()[:MOST_SHOWN],
        "may_give": may_run(request.user, survey) and survey.state == SurveyState.OPEN,
        "form": form,
        "chosen": chosen or [],
        "can_decide": may_run(request.user, survey) and _is_decidable(survey, rows.waiting()),
    }
    return render(request, "surveys/extensions.html", context, status=status)


def _lapsing(survey: Survey, waiting: ExtensionQuerySet) -> dict[str, Any]:
    """Until when the clock waits for the decisions; a survey that takes late answers waits for
    ever.
    """
    if survey.state != SurveyState.OPEN or survey.accepts_late:
        return {"lapses_title": ""}
    own = Coalesce("assignment__extended_to", "assignment__survey__due_on")
    last = waiting.exclude(assignment__state__in=HANDED_IN_STATES).aggregate(last=Max(own))["last"]
    if last is None:
        return {"lapses_title": ""}
    day = last + timedelta(days=DAYS_TO_DECIDE)
    return {
        "lapses_title": f"{wareki(day)}までに決定してください",
        "is_held_open": timezone.localdate() > survey.due_on,
    }


def _is_decidable(survey: Survey, waiting: ExtensionQuerySet) -> bool:
    """Also a closed one, while a response that was given back since asks for more time."""
    if survey.state == SurveyState.OPEN:
        return True
    reopened = survey.assignments.filter(AWAITED)
    return waiting.filter(assignment__in=reopened.values("pk")).exists()
