"""Lists of those who issue: what was published, what is being drafted."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.states import Level
from notices.models import Delivery, Notice, NoticeVersion
from notices.permissions import can_draft, can_rule, can_see_drafts
from notices.querysets import NoticeQuerySet
from onepublic.core.pagination import latest_first, newest_first
from onepublic.core.requests import Request
from onepublic.core.text import words_of

WITH_AREA = (Level.REGIONAL_BUREAU, Level.PREFECTURE)


@require_safe
def published(request: Request) -> HttpResponse:
    """What was published and the person may see, newest first, with how far it has come."""
    user, query = request.user, words_of(request.GET.get("q", ""))
    parts = _parts_of_published(user, query)
    shown = _chosen(request, parts)
    rows = (
        parts[shown][1]
        .select_related("current_version", "division__parent")
        .annotate(is_in_force=F("search_entry__in_force"))
    )
    page = latest_first(rows, moment="published_at", cursor=request.GET.get("cursor", ""))
    progress = Delivery.objects.visible_to(user).progress_of(page.rows)
    context = {
        "page": page,
        "rows": [(notice, progress.get(notice.pk)) for notice in page.rows],
        "tabs": _tabs(parts, shown, query),
        "query": query,
        "title": "管内の通知" if user.organization_ids(*WITH_AREA) else "発出した通知",
    }
    return render(request, "notices/published.html", context)


def chosen_notices(request: Request) -> NoticeQuerySet:
    """Those that the list of published notices shows under the filters in the address."""
    parts = _parts_of_published(request.user, words_of(request.GET.get("q", "")))
    return parts[_chosen(request, parts)][1]


def _parts_of_published(user: User, query: str) -> dict[str, tuple[str, NoticeQuerySet]]:
    """All, and what each kind of reader looks for: their own, or what their area still owes."""
    everything = Notice.objects.visible_to(user).published().mentioning(query)
    parts = {"": ("すべて", everything)}
    if user.is_at(Level.MINISTRY):
        parts["own"] = ("自分の課室", everything.written_by_divisions_of(user))
    elif user.organization_ids(*WITH_AREA):
        seen = Delivery.objects.visible_to(user)
        parts["unopened"] = ("未開封の団体がある", everything.owed_in(seen.unopened()))
        parts["unacknowledged"] = (
            "未確認の団体がある",
            everything.owed_in(seen.unacknowledged()),
        )
    return parts


@require_safe
def drafts(request: Request) -> HttpResponse:
    """What the person's divisions are writing and have not published."""
    if not can_see_drafts(request.user):
        raise Http404
    rows = (
        NoticeVersion.objects.drafts()
        .concerning_divisions_of(request.user)
        .select_related("notice__division__parent", "written_by")
    )
    context = {
        "page": newest_first(rows, cursor=request.GET.get("cursor", "")),
        "can_draft": can_draft(request.user),
        "can_rule": can_rule(request.user),
    }
    return render(request, "notices/drafts.html", context)


def _chosen(request: Request, parts: Mapping[str, object]) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in parts else ""


def _tabs(
    parts: Mapping[str, tuple[str, QuerySet[Any]]], shown: str, query: str
) -> list[dict[str, object]]:
    """The tabs above a list, each with its count; a search stays in force in all of them."""
    kept = {"q": query} if query else {}
    return [
        {
            "label": label,
            "url": f"?{urlencode({'show': key} | kept)}",
            "current": key == shown,
            "count": rows.count(),
        }
        for key, (label, rows) in parts.items()
    ]
