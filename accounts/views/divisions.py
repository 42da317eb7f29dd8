"""The divisions of an organization, as its administrator keeps them."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.divisions import add_division, close_division, rename_division
from accounts.forms.divisions import DivisionForm
from accounts.models import Division, Organization
from accounts.permissions import administered_organization
from accounts.querysets import DivisionQuerySet, valid_on
from onepublic.core.errors import Refused
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def divisions(request: Request) -> HttpResponse:
    """The list, and a form to add one."""
    organization = _administered(request)
    form = DivisionForm(request.POST or None)
    if form.is_valid():
        try:
            added = add_division(organization, name=form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{added.name}を追加しました。")
            return redirect("divisions")
    rows = _in_force(organization)
    return render(request, "divisions.html", {"rows": rows, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def division(request: Request, pk: int) -> HttpResponse:
    """Rename one, or close it."""
    found = get_object_or_404(_in_force(_administered(request)), pk=pk)
    form = DivisionForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        try:
            rename_division(found, name=form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "名称を保存しました。")
            return redirect("divisions")
    request.section = reverse("divisions")
    return render(request, "division.html", {"division": found, "form": form})


@require_POST
def division_closing(request: Request, pk: int) -> HttpResponse:
    """Close one."""
    found = get_object_or_404(_in_force(_administered(request)), pk=pk)
    try:
        close_division(found, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("division", pk)
    messages.success(request, f"{found.name}を廃止しました。")
    return redirect("divisions")


def _administered(request: Request) -> Organization:
    organization = administered_organization(request.user)
    if organization is None:
        raise Http404
    return organization


def _in_force(organization: Organization) -> DivisionQuerySet:
    """With ``people``: how many have a place there today."""
    today = valid_on(timezone.localdate(), "memberships__")
    active = Count("memberships", filter=today & Q(memberships__user__is_active=True))
    rows: DivisionQuerySet = Division.objects.in_force().filter(organization=organization)
    return rows.annotate(people=active).order_by("-is_window", "pk")
