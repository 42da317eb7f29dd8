"""Disasters: those that are declared, declaring one, and its end."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions.disasters import declare_disaster, end_disaster
from accounts.forms.disasters import DisasterEndForm, DisasterForm
from accounts.models import Disaster
from accounts.permissions import may_declare_disasters, may_see_disasters
from onepublic.core.errors import demand
from onepublic.core.requests import Request

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def disasters(request: Request) -> HttpResponse:
    """The list, the newest first, and a form to declare one."""
    _demand_seen(request)
    form = DisasterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(may_declare_disasters(request.user))
        if form.is_valid():
            given = form.cleaned_data
            declared = declare_disaster(
                by=request.user,
                name=given["name"],
                since=given["since"],
                until=given["until"],
                organizations=given["places"].found,
                with_area=given["with_area"],
            )
            count = declared.organizations.count()
            messages.success(request, f"「{declared.name}」を{count:,}機関について登録しました。")
            return redirect("disasters")
    rows = Disaster.objects.annotate(count=Count("organizations")).select_related("declared_by")
    context = {
        "rows": rows.order_by("-since", "-pk")[:MOST_SHOWN],
        "form": form,
        "may_declare": may_declare_disasters(request.user),
    }
    return render(request, "disasters.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def disaster(request: Request, pk: int) -> HttpResponse:
    """The organizations of one; a POST sets its last day."""
    _demand_seen(request)
    found = get_object_or_404(Disaster.objects.select_related("declared_by"), pk=pk)
    form = DisasterEndForm(request.POST if request.method == "POST" else None, disaster=found)
    if request.method == "POST":
        demand(may_declare_disasters(request.user))
        if form.is_valid():
            end_disaster(found, by=request.user, until=form.cleaned_data["until"])
            messages.success(request, "終了日を保存しました。")
            return redirect("disasters")
    context = {
        "disaster": found,
        "organizations": found.organizations.order_by("code"),
        "form": form,
        "may_declare": may_declare_disasters(request.user),
    }
    return render(request, "disaster.html", context, status=422 if form.errors else 200)


def _demand_seen(request: Request) -> None:
    if not may_see_disasters(request.user):
        raise Http404
