"""Following surveys: how many have answered, who has not, and the workbooks made of answers."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.querysets import OUTSIDE_PREFECTURES
from accounts.states import Kind
from onepublic.core.charts import bar_chart, share_map
from onepublic.core.errors import demand
from onepublic.core.pagination import in_code_order, newest_first
from onepublic.core.requests import Request
from onepublic.core.sorting import Column, heads, order_in_force, ordered
from onepublic.core.text import words_of
from surveys.actions import request_compilation
from surveys.models import Assignment, Compilation, ExtensionRequest, Survey
from surveys.permissions import (
    can_cancel_survey,
    can_close,
    can_compile,
    can_draft,
    can_reopen,
    can_widen,
    following_prefecture,
    may_run,
)
from surveys.querysets import AssignmentQuerySet
from surveys.views.preparing import preparing_page
from surveys.views.revising import revising_of
from surveys.views.running import followed_survey, follower
from surveys.views.survey_tabs import PROGRESS, survey_tabs

NEWEST_COMPILATIONS = 20
COUNTS: Final = (
    Column("依頼", "asked", numeric=True),
    Column("提出済み", "submitted", numeric=True),
    Column("回答中", "drafting", numeric=True),
    Column("未着手", "not_started", numeric=True),
    Column("提出率", "share", numeric=True),
)
BY_PREFECTURE: Final = (Column("都道府県", "organization__prefecture_code"), *COUNTS)


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
    }
    return render(request, "surveys/surveys.html", context)


@require_safe
def survey(request: Request, survey_id: int) -> HttpResponse:
    """Response rates by prefecture and kind, who has not answered, and the compilations."""
    user = request.user
    followed = followed_survey(request, survey_id)
    if followed.opened_at is None:
        return preparing_page(request, followed)
    progress = Assignment.objects.progress_visible_to(user).filter(survey=followed)
    prefectures = [_rate(row, _area(row)) for row in progress.by_prefecture()]
    made = Compilation.objects.visible_to(user).filter(survey=followed)
    context = {
        "survey": followed,
        "tabs": survey_tabs(user, followed, PROGRESS),
        "total": _total(prefectures),
        **_by_prefecture(request, prefectures),
        **_by_kind(progress),
        "compilations": made.select_related("requested_by").order_by("-pk")[:NEWEST_COMPILATIONS],
        "may_run": may_run(user, followed),
        "waiting": _waiting(user, followed),
        "can_compile": can_compile(user, followed),
        "prefecture": following_prefecture(user, followed),
        **revising_of(user, followed),
        "can_close": can_close(user, followed),
        "can_widen": can_widen(user, followed),
        "can_reopen": can_reopen(user, followed),
        "can_cancel": can_cancel_survey(user, followed),
    }
    return render(request, "surveys/survey.html", context | _owing(request, progress))


def _waiting(user: User, followed: Survey) -> dict[str, int] | None:
    """How many inquiries and requests for more time wait, for the division that runs it."""
    if followed.division_id not in user.division_ids():
        return None
    asked = ExtensionRequest.objects.filter(assignment__survey=followed)
    return {
        "inquiries": followed.inquiries.waiting().count(),
        "extensions": asked.waiting().count(),
    }


@require_POST
def compilations(request: Request, survey_id: int) -> HttpResponse:
    """Ask for a compilation and follow it."""
    user = request.user
    followed = followed_survey(request, survey_id)
    demand(may_run(user, followed))
    compilation = request_compilation(followed, by=user)
    return redirect("surveys:compilation", compilation.pk)


def _total(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    names = ("asked", "submitted", "drafting", "not_started", "owing")
    return {name: sum(row[name] for row in rows) for name in names}


def _rate(row: dict[str, Any], label: str) -> dict[str, Any]:
    owing = row["asked"] - row["submitted"]
    return {
        **row,
        "label": label,
        "owing": owing,
        "not_started": owing - row["drafting"],
        "share": row["submitted"] / row["asked"],
    }


def _area(row: dict[str, Any]) -> str:
    """The prefecture, or the word for organizations that lie in none."""
    return row["organization__prefecture_name"] or "地方厚生（支）局"


def _by_prefecture(request: Request, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The table in the order asked for, and the map where there is more than one prefecture."""
    order = order_in_force(request.GET, BY_PREFECTURE, default=BY_PREFECTURE[0].key)
    counts = (
        (row["organization__prefecture_code"], row["submitted"], row["asked"]) for row in rows
    )
    return {
        "prefectures": ordered(rows, order),
        "columns": heads(request.GET, BY_PREFECTURE, order=order, anchor="prefectures"),
        "chart": share_map(counts),
    }


def _by_kind(progress: AssignmentQuerySet) -> dict[str, Any]:
    """The kinds in their official order, as a table and as bars."""
    counted = {row["organization__kind"]: row for row in progress.by_kind()}
    rows = [_rate(counted[kind], str(kind.label)) for kind in Kind if kind in counted]
    shares = [(row["label"], round(100 * row["share"], 1)) for row in rows]
    return {"kinds": rows, "bars": bar_chart(shares, unit="%", whole=100)}


def _owing(request: Request, progress: AssignmentQuerySet) -> dict[str, Any]:
    """A page of those who have not submitted, in order of their codes."""
    prefecture = words_of(request.GET.get("prefecture", ""))
    owing = progress.not_submitted().in_prefecture(prefecture).select_related("organization")
    page = in_code_order(owing, path="organization__code", after=request.GET.get("after", ""))
    return {
        "prefecture": prefecture,
        "outside_prefectures": OUTSIDE_PREFECTURES,
        "owing": page.rows,
        "after": page.next_cursor,
    }
