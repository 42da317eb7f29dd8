"""The organizations that a survey asked: how each stands, when anything was last done there, and
which division to turn to.
"""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.querysets import OUTSIDE_PREFECTURES
from accounts.states import Kind
from onepublic.core.pagination import sorted_by
from onepublic.core.requests import Request
from onepublic.core.sorting import Column, heads, order_in_force
from surveys.dashboard.choosing import OVERDUE, chosen, narrowed, with_activity
from surveys.dashboard.counting import OUTSIDE
from surveys.dashboard.lines import lines_of, listed
from surveys.models import Assignment, Survey
from surveys.permissions import may_run
from surveys.querysets import AWAITED, AssignmentQuerySet
from surveys.standings import Standing
from surveys.views.running import followed_survey
from surveys.views.survey_tabs import ORGANIZATIONS, survey_tabs

CODE = "organization__code"
TICK: Final = Column("選択")
COLUMNS: Final = (
    Column("団体", CODE),
    Column("状態"),
    Column("期限", "due"),
    Column("最終の動き", "active_at"),
    Column("連絡先の課室"),
)


@require_safe
def survey_organizations(request: Request, survey_id: int) -> HttpResponse:
    """A page of those that the filter leaves, in the order asked for."""
    followed = opened_survey(request, survey_id)
    progress = Assignment.objects.progress_visible_to(request.user).filter(survey=followed)
    to = chosen(request.GET)
    found = narrowed(progress, to)
    order = order_in_force(request.GET, COLUMNS, default=CODE)
    page = sorted_by(
        listed(found),
        order=order,
        path=CODE,
        among=with_activity(progress),
        after=request.GET.get("after", ""),
    )
    may_extend = may_run(request.user, followed) and found.filter(AWAITED).exists()
    context = {
        "survey": followed,
        "tabs": survey_tabs(request.user, followed, ORGANIZATIONS),
        "chosen": to,
        "choices": _choices(progress),
        "columns": heads(request.GET, (TICK, *COLUMNS) if may_extend else COLUMNS, order=order),
        "may_extend": may_extend,
        "count": found.count(),
        "lines": lines_of(page.rows),
        "after": page.next_cursor,
    }
    return render(request, "surveys/organizations.html", context)


def opened_survey(request: Request, survey_id: int) -> Survey:
    """The survey, 404 when the person may not see it or nobody has been asked yet."""
    followed = followed_survey(request, survey_id)
    if followed.opened_at is None:
        raise Http404
    return followed


def _choices(progress: AssignmentQuerySet) -> dict[str, Any]:
    """What the filter offers: prefectures and kinds of those that were asked."""
    asked = progress.counted()
    kinds = set(asked.values_list("organization__kind", flat=True).distinct())
    return {
        "states": [(str(each), str(each.label)) for each in Standing],
        "prefectures": [_prefecture(*row.values()) for row in asked.prefectures()],
        "kinds": [(str(kind), str(kind.label)) for kind in Kind if kind in kinds],
        "overdue": OVERDUE,
    }


def _prefecture(code: object, name: object) -> tuple[object, object]:
    return code or OUTSIDE_PREFECTURES, name or OUTSIDE
