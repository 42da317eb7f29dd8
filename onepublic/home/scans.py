"""How the search for viruses stands, as a system administrator sees it."""

from django.conf import settings
from django.db.models import Count, Min
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.states import Role
from onepublic.core.requests import Request
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState

MOST_SHOWN = 50


@require_safe
def scans(request: Request) -> HttpResponse:
    """Files by state, how long the first one has waited and why, and those that stay held."""
    if not request.user.has_role(Role.SYSTEM_ADMIN):
        raise Http404
    waiting = StoredFile.objects.filter(scan_state=ScanState.WAITING)
    stuck = StoredFile.objects.filter(scan_state__in=[ScanState.INFECTED, ScanState.FAILED])
    context = {
        "has_scanner": bool(settings.CLAMAV_URL),
        "counts": _counts(),
        "waiting_since": waiting.aggregate(since=Min("created_at"))["since"],
        "last_error": waiting.exclude(scan_error="").values_list("scan_error", flat=True).first(),
        "stuck": stuck.select_related("created_by").order_by("-created_at")[:MOST_SHOWN],
    }
    return render(request, "scans.html", context)


def _counts() -> list[tuple[str, int]]:
    """Label and number of files for each state, also for those of which there is none."""
    rows = StoredFile.objects.order_by().values_list("scan_state").annotate(count=Count("pk"))
    found = dict(rows)
    return [(str(state.label), found.get(state.value, 0)) for state in ScanState]
