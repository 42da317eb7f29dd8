"""How far a published notice has come: by prefecture, and organization by organization."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.querysets import OUTSIDE_PREFECTURES
from notices.models import Delivery
from notices.permissions import can_follow
from notices.querysets import DeliveryQuerySet
from notices.views.loading import shown_version, visible_notice
from onepublic.core.pagination import in_code_order
from onepublic.core.requests import Request
from onepublic.core.text import words_of

PAGE_SIZE = 100
LABELS = {
    "": "都道府県別",
    "unopened": "未開封の団体",
    "unacknowledged": "未確認の団体",
    "all": "すべての団体",
}


@require_safe
def deliveries(request: Request, pk: int) -> HttpResponse:
    """Counts by prefecture, or the organizations that have not opened or acknowledged."""
    notice = visible_notice(request.user, pk)
    if not can_follow(request.user, notice):
        raise Http404
    seen = Delivery.objects.visible_to(request.user).filter(notice=notice)
    shown = request.GET.get("show", "")
    shown = shown if shown in LABELS else ""
    by_prefecture, totals = list(seen.by_prefecture()), seen.totals()
    context = {
        "notice": notice,
        "version": shown_version(notice),
        "totals": totals,
        "by_prefecture": by_prefecture,
        "outside_prefectures": OUTSIDE_PREFECTURES,
        "tabs": _tabs(shown, totals),
        "shown": shown,
        **(_organizations(request, seen, shown) if shown else {}),
    }
    return render(request, "notices/deliveries.html", context)


def _tabs(shown: str, totals: dict[str, int]) -> list[dict[str, Any]]:
    delivered = totals["delivered"]
    counts = {
        "unopened": delivered - totals["opened"],
        "unacknowledged": delivered - totals["acknowledged"],
        "all": delivered,
    }
    return [
        {"label": label, "url": f"?show={key}", "current": key == shown, "count": counts.get(key)}
        for key, label in LABELS.items()
    ]


def _organizations(request: Request, seen: DeliveryQuerySet, shown: str) -> dict[str, Any]:
    """One page in order of codes; the cursor is the last code of the page before."""
    rows = {"unopened": seen.unopened, "unacknowledged": seen.unacknowledged}.get(shown, seen.all)()
    prefecture = words_of(request.GET.get("prefecture", ""))
    people = rows.select_related("organization", "opened_by", "acknowledged_by")
    page = in_code_order(
        people.in_prefecture(prefecture),
        path="organization__code",
        after=request.GET.get("after", ""),
        size=PAGE_SIZE,
    )
    return {
        "rows": page.rows,
        "after": page.next_cursor,
        "page_size": PAGE_SIZE,
        "prefecture": prefecture,
    }
