"""How far a published notice has come: by prefecture, and organization by organization."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.querysets import OUTSIDE_PREFECTURES
from notices.models import Delivery
from notices.permissions import can_follow
from notices.querysets import DeliveryQuerySet
from notices.views.loading import shown_version, visible_notice
from onepublic.core.charts import share_map
from onepublic.core.pagination import in_code_order
from onepublic.core.requests import Request
from onepublic.core.sorting import Column, heads, order_in_force, ordered
from onepublic.core.text import words_of

PAGE_SIZE = 100
LABELS = {
    "": "都道府県別",
    "unopened": "未開封の団体",
    "unacknowledged": "未確認の団体",
    "declined": "所管外の団体",
    "all": "すべての団体",
}
COLUMNS: Final = (
    Column("都道府県", "code"),
    Column("配信", "delivered", numeric=True),
    Column("開封（率）", "opened_share", numeric=True),
    Column("確認（率）", "acknowledged_share", numeric=True),
)
MEASURES = {"opened": "開封率", "acknowledged": "確認率"}


@require_safe
def deliveries(request: Request, pk: int) -> HttpResponse:
    """Counts by prefecture, or the organizations that have not opened or acknowledged."""
    notice = visible_notice(request.user, pk)
    if not can_follow(request.user, notice):
        raise Http404
    request.section = reverse("notices:published")
    seen = Delivery.objects.visible_to(request.user).filter(notice=notice)
    shown = request.GET.get("show", "")
    shown = shown if shown in LABELS else ""
    totals = seen.totals()
    context = {
        "notice": notice,
        "version": shown_version(notice),
        "totals": totals,
        "outside_prefectures": OUTSIDE_PREFECTURES,
        "tabs": _tabs(shown, totals),
        "shown": shown,
        **_areas(request, seen),
        **(_organizations(request, seen) if shown else {}),
    }
    return render(request, "notices/deliveries.html", context)


def _tabs(shown: str, totals: dict[str, int]) -> list[dict[str, Any]]:
    delivered = totals["delivered"]
    counts = {
        "unopened": delivered - totals["opened"],
        "unacknowledged": totals["owing"],
        "declined": totals["declined"],
        "all": delivered,
    }
    return [
        {
            "label": label,
            "url": f"?show={key}",
            "current": key == shown,
            "count": counts.get(key),
            "unit": "団体",
        }
        for key, label in LABELS.items()
    ]


def _areas(request: Request, seen: DeliveryQuerySet) -> dict[str, Any]:
    """The prefectures in the order asked for, and the map of one of the two shares."""
    rows = [_area(row) for row in seen.by_prefecture()]
    order = order_in_force(request.GET, COLUMNS, default="code")
    measure = request.GET.get("map", "")
    measure = measure if measure in MEASURES else "opened"
    return {
        "by_prefecture": ordered(rows, order),
        "columns": heads(request.GET, COLUMNS, order=order, anchor="prefectures"),
        "chart": share_map((row["code"], row[measure], row["delivered"]) for row in rows),
        "measures": [(key, label, key == measure) for key, label in MEASURES.items()],
        "measure": MEASURES[measure],
    }


def _area(row: dict[str, Any]) -> dict[str, Any]:
    """Code, label, the counts, and the shares that the table is sorted by."""
    delivered, opened, acknowledged = row["delivered"], row["opened"], row["acknowledged"]
    return {
        "code": row["organization__prefecture_code"],
        "label": row["organization__prefecture_name"] or "地方厚生（支）局",
        "delivered": delivered,
        "opened": opened,
        "acknowledged": acknowledged,
        "opened_share": opened / delivered,
        "acknowledged_share": acknowledged / delivered,
    }


def _organizations(request: Request, seen: DeliveryQuerySet) -> dict[str, Any]:
    """One page in order of codes; the cursor is the last code of the page before."""
    page = in_code_order(
        chosen_organizations(request, seen),
        path="organization__code",
        after=request.GET.get("after", ""),
        size=PAGE_SIZE,
    )
    return {
        "rows": page.rows,
        "after": page.next_cursor,
        "page_size": PAGE_SIZE,
        "prefecture": _prefecture(request),
    }


def chosen_organizations(request: Request, seen: DeliveryQuerySet) -> DeliveryQuerySet:
    """Those of ``seen`` that the filters in the address leave, with what a row shows."""
    parts = {
        "unopened": seen.unopened,
        "unacknowledged": seen.unacknowledged,
        "declined": seen.declined,
    }
    rows = parts.get(request.GET.get("show", ""), seen.all)()
    people = rows.select_related("organization", "opened_by", "acknowledged_by", "declined_by")
    return people.in_prefecture(_prefecture(request))


def _prefecture(request: Request) -> str:
    return words_of(request.GET.get("prefecture", ""))
