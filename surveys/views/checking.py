"""The ministry's check: what was handed in, and giving back one or many."""

from collections.abc import Collection
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.querysets import OUTSIDE_PREFECTURES
from onepublic.core.errors import Refused, demand
from onepublic.core.pagination import in_code_order
from onepublic.core.requests import Request
from onepublic.core.text import words_of
from surveys.actions import return_responses
from surveys.forms.checking import ReturnForm
from surveys.models import Survey
from surveys.permissions import may_run
from surveys.querysets import AssignmentQuerySet
from surveys.states import AssignmentState, PrefecturePart
from surveys.views.running import followed_survey
from surveys.views.survey_tabs import CHECKS, survey_tabs

MOST_CHOSEN: Final = 2000
NONE_CHOSEN = "回答を選んでください。"
NONE_RETURNED = "差し戻した回答はありません。取り戻されたか、すでに差し戻されています。"
TO_ACCEPT, WITH_PREFECTURE, RETURNED, ACCEPTED = (
    "to_accept",
    "with_prefecture",
    "returned",
    "accepted",
)
LABELS: Final = {
    TO_ACCEPT: "受理待ち",
    WITH_PREFECTURE: "都道府県で確認中",
    RETURNED: "差戻し中",
    ACCEPTED: "受理済み",
}


def checked_survey(request: Request, survey_id: int) -> Survey:
    """The survey of one of the person's own divisions; 403 for everybody else."""
    survey = followed_survey(request, survey_id)
    demand(survey.division_id in request.user.division_ids() and survey.opened_at is not None)
    return survey


@require_safe
def checks(request: Request, survey_id: int) -> HttpResponse:
    """The responses of one stage, in order of their codes, to tick and to open."""
    survey = checked_survey(request, survey_id)
    now = timezone.now()  # before the rows are read: what comes in meanwhile was not shown
    stage = _stage(request.GET)
    found = filtered(survey, stage, request.GET)
    open_remarks = Count("remarks", filter=Q(remarks__settled_at__isnull=True))
    rows = found.select_related("organization", "survey").annotate(open_remarks=open_remarks)
    page = in_code_order(rows, path="organization__code", after=request.GET.get("after", ""))
    context = {
        "survey": survey,
        "tabs": survey_tabs(request.user, survey, CHECKS),
        "stages": _stages(survey, stage),
        "stage": stage,
        "now": now,
        "rows": page.rows,
        "after": page.next_cursor,
        "count": found.count(),
        "prefectures": survey.assignments.counted().prefectures(),
        "prefecture": words_of(request.GET.get("prefecture", "")),
        "outside_prefectures": OUTSIDE_PREFECTURES,
        "name": words_of(request.GET.get("name", "")),
        "may_run": may_run(request.user, survey),
    }
    return render(request, "surveys/checks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def returns(request: Request, survey_id: int) -> HttpResponse:
    """Say why, and give the ticked responses back."""
    survey = checked_survey(request, survey_id)
    demand(may_run(request.user, survey))
    keys = chosen_keys(request.POST if request.method == "POST" else request.GET)
    if not keys:
        messages.warning(request, NONE_CHOSEN)
        return redirect("surveys:checks", survey.pk)
    is_sent = request.method == "POST" and "choose" not in request.POST
    form = ReturnForm(request.POST if is_sent else None)
    if form.is_valid():
        try:
            count = return_responses(survey, keys, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("until", str(refusal))
        else:
            if count:
                said = f"{count:,}団体の回答を差し戻しました。メールで知らせます。"
                messages.success(request, said)
            else:
                messages.warning(request, NONE_RETURNED)
            return redirect(f"{reverse('surveys:checks', args=[survey.pk])}?stage={RETURNED}")
    return _returns_page(request, survey, keys, form)


def _returns_page(
    request: Request, survey: Survey, keys: Collection[int], form: ReturnForm
) -> HttpResponse:
    chosen = (
        survey.assignments.counted().submitted().filter(pk__in=keys).select_related("organization")
    )
    context = {
        "survey": survey,
        "chosen": chosen.order_by("organization__code"),
        "form": form,
    }
    return render(request, "surveys/returns.html", context, status=422 if form.errors else 200)


def chosen_keys(sent: QueryDict) -> list[int]:
    """The primary keys that were ticked."""
    keys = [int(key) for key in sent.getlist("response") if key.isdecimal() and len(key) < 18]
    return keys[:MOST_CHOSEN]


def _stage(sent: QueryDict) -> str:
    stage = sent.get("stage", TO_ACCEPT)
    return stage if stage in LABELS else TO_ACCEPT


def _of_stage(survey: Survey, stage: str) -> AssignmentQuerySet:
    rows: AssignmentQuerySet = survey.assignments.counted()
    if stage == WITH_PREFECTURE:
        return rows.with_prefecture()
    if stage == RETURNED:
        return rows.filter(state=AssignmentState.RETURNED)
    if stage == ACCEPTED:
        return rows.filter(state=AssignmentState.ACCEPTED)
    return rows.to_accept()


def filtered(survey: Survey, stage: str, sent: QueryDict) -> AssignmentQuerySet:
    """The responses of a stage in the prefecture and with the name that were sent."""
    found = _of_stage(survey, stage).in_prefecture(words_of(sent.get("prefecture", "")))
    if name := words_of(sent.get("name", "")):
        found = found.filter(
            Q(organization__name__contains=name) | Q(organization__code__startswith=name)
        )
    return found


def _stages(survey: Survey, current: str) -> list[dict[str, Any]]:
    """The tabs of the list; the prefectures' only where they check."""
    asks_prefectures = survey.prefecture_part == PrefecturePart.CHECK
    address = reverse("surveys:checks", args=[survey.pk])
    return [
        {
            "label": label,
            "url": f"{address}?stage={stage}",
            "current": stage == current,
            "count": _of_stage(survey, stage).count(),
            "unit": "団体",
        }
        for stage, label in LABELS.items()
        if stage != WITH_PREFECTURE or asks_prefectures
    ]
