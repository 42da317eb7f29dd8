"""More time for many that have not asked: who they are, until when and why."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from onepublic.core.wareki import wareki
from surveys.actions import give_time
from surveys.dashboard.choosing import chosen, narrowed
from surveys.forms.handing_in import GivingTimeForm
from surveys.models import Survey
from surveys.people import people_asked
from surveys.permissions import may_run
from surveys.querysets import AWAITED, AssignmentQuerySet
from surveys.views.checking import checked_survey, chosen_keys

NONE_TICKED = "期限を延ばす団体を選んでください。"
NONE_GIVEN = "期限を延ばした団体はありません。提出されたか、すでに同じ日又は後の日が期限です。"


@require_http_methods(["GET", "HEAD", "POST"])
def time_giving(request: Request, survey_id: int) -> HttpResponse:
    """Show the ticked, or all of the filter that still owe; a POST gives them a later day."""
    survey = checked_survey(request, survey_id)
    demand(may_run(request.user, survey))
    asked = request.POST if request.method == "POST" else request.GET
    if "ticked" in asked and not chosen_keys(asked):
        messages.warning(request, NONE_TICKED)
        return redirect("surveys:survey_organizations", survey.pk)
    form = GivingTimeForm(asked if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = give_time(survey, chosen_keys(asked), by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("until", str(refusal))
        else:
            return _given(request, survey, count, wareki(form.cleaned_data["until"]))
    return _page(request, survey, _named(survey, asked), form)


def _given(request: Request, survey: Survey, count: int, day: str) -> HttpResponse:
    if count:
        said = f"{count:,}団体の回答期限を{day}に延ばしました。メールで知らせます。"
        messages.success(request, said)
    else:
        messages.warning(request, NONE_GIVEN)
    return redirect("surveys:survey_extensions", survey.pk)


def _named(survey: Survey, asked: QueryDict) -> AssignmentQuerySet:
    """The rows that were ticked, or that the filter of the list holds."""
    rows: AssignmentQuerySet = survey.assignments.counted()
    if keys := chosen_keys(asked):
        return rows.filter(pk__in=keys)
    return narrowed(rows, chosen(asked))


def _page(
    request: Request, survey: Survey, named: AssignmentQuerySet, form: GivingTimeForm
) -> HttpResponse:
    owing = named.filter(AWAITED).not_submitted()
    listed = owing.select_related("organization", "survey").order_by("organization__code")
    context = {
        "survey": survey,
        "chosen": list(listed),
        "others": named.exclude(pk__in=owing.values("pk")).count(),
        "people": people_asked(owing).count(),
        "list_url": reverse("surveys:survey_organizations", args=[survey.pk]),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/time_giving.html", context, status=status)
