"""Whose work a received notice is: pages that ask, and the acts behind them."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Division
from notices.actions.passing_on import decline, hand_over
from notices.forms import DeclineForm, HandOverForm
from notices.models import Delivery, Notice
from notices.permissions import acknowledging_organization_ids
from notices.views.loading import answer, shown_version, visible_notice
from onepublic.core.errors import demand
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: Request, pk: int) -> HttpResponse:
    """Give the notice to another division of the organization, with a remark."""
    notice = visible_notice(request.user, pk)
    divisions = _divisions(_ours(request, notice))
    form = HandOverForm(request.POST or None, divisions=divisions)
    if form.is_valid():
        to, remark = form.cleaned_data["division"], form.cleaned_data["remark"]
        return answer(
            request,
            notice,
            lambda: hand_over(notice, to=to, remark=remark, by=request.user),
            new=lambda: f"{to.name}に引き継ぎました。",
            nothing_new=f"この通知は、すでに{to.name}が担当しています。",
        )
    return _page(request, notice, "notices/hand_over.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
def declining(request: Request, pk: int) -> HttpResponse:
    """Say that the organization is not responsible, and who is."""
    notice = visible_notice(request.user, pk)
    _ours(request, notice)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        return answer(
            request,
            notice,
            lambda: decline(notice, **form.cleaned_data, by=request.user),
            new=lambda: "所管外としました。発出元に伝わります。",
            nothing_new="この通知は、すでに所管外としています。",
        )
    return _page(request, notice, "notices/decline.html", form)


def _ours(request: Request, notice: Notice) -> "QuerySet[Delivery]":
    """The deliveries for which the person may act; 403 when there are none."""
    organizations = acknowledging_organization_ids(request.user)
    ours = Delivery.objects.filter(notice=notice, organization__in=organizations)
    demand(ours.exists())
    return ours


def _divisions(deliveries: "QuerySet[Delivery]") -> "QuerySet[Division]":
    return Division.objects.in_force().filter(organization__in=deliveries.values("organization"))


def _page(
    request: Request, notice: Notice, template: str, form: HandOverForm | DeclineForm
) -> HttpResponse:
    request.section = reverse("notices:inbox")
    context = {"notice": notice, "version": shown_version(notice), "form": form}
    return render(request, template, context)
