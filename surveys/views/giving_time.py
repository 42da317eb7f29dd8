"""More time for many that have not asked: who they are, until when and why."""

from collections.abc import Iterable

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

MOST_IN_TABLE = 100
"""Of more organizations only the names are listed, by prefecture."""
_NAMES = ("organization__prefecture_name", "organization__name")
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
    in_order = owing.order_by("organization__code")
    # A thousand rows as names, not as objects.
    named_rows = list(in_order.values_list("pk", *_NAMES))
    is_long = len(named_rows) > MOST_IN_TABLE
    context = {
        "survey": survey,
        "keys": [str(key) for key, _, _ in named_rows],
        "rows": [] if is_long else list(in_order.select_related("organization", "survey")),
        "areas": _by_prefecture(named_rows) if is_long else [],
        "others": named.exclude(pk__in=owing.values("pk")).count(),
        "people": people_asked(owing).count(),
        "list_url": reverse("surveys:survey_organizations", args=[survey.pk]),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/time_giving.html", context, status=status)


def _by_prefecture(rows: Iterable[tuple[int, str, str]]) -> list[tuple[str, list[str]]]:
    """Names under those of their prefectures, in the order of the rows, that of the codes."""
    areas: dict[str, list[str]] = {}
    for _, prefecture, name in rows:
        areas.setdefault(prefecture, []).append(name)
    return list(areas.items())
