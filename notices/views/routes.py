"""The page on which an organization maps topics to its divisions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Organization
from accounts.permissions import administered_organization
from notices.actions.routing import set_routes
from notices.forms.routes import RoutesForm
from notices.models import Topic
from onepublic.core.errors import Refused
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def routes(request: Request) -> HttpResponse:
    """All topics with the division of each; saving sets them all."""
    organization = administered_organization(request.user)
    if organization is None:
        raise Http404
    form = _form(request, organization)
    if form.is_valid():
        try:
            changed = set_routes(organization, routes=form.routes(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = f"{changed}件の分野の担当を変更しました。" if changed else "変更はありません。"
            messages.success(request, said)
            return redirect("notices:routes")
    request.section = reverse("divisions")
    return render(request, "notices/routes.html", {"form": form})


def _form(request: Request, organization: Organization) -> RoutesForm:
    divisions = organization.divisions.in_force().filter(is_window=False)
    stored = organization.topic_routes.in_force().values_list("topic", "division")
    return RoutesForm(
        request.POST or None,
        topics=list(Topic.objects.all()),
        divisions=list(divisions.select_related("parent")),
        initial={f"topic-{topic}": str(division) for topic, division in stored},
    )
