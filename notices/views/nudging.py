"""Reminding of a notice: who would get the mail, one button, and what was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Organization
from notices.actions.nudging import nudge, sent_today, whom_to_remind
from notices.forms import NudgeForm
from notices.models import Notice
from notices.relaying import nudging_organization
from notices.states import NudgeAim
from notices.views.loading import shown_version, visible_notice
from notices.views.surroundings import nudges_seen_by
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def nudges(request: Request, pk: int) -> HttpResponse:
    """How many would be reminded; POST reminds them."""
    notice = visible_notice(request.user, pk)
    sender = nudging_organization(request.user, notice)
    demand(sender is not None)
    request.section = reverse("notices:published")
    if request.method == "POST":
        return _remind(request, notice)
    context = {
        "notice": notice,
        "version": shown_version(notice),
        "choices": [_choice(notice, sender, aim) for aim in NudgeAim] if sender else [],
        "today": sent_today(notice, sender) if sender else None,
        "nudges": nudges_seen_by(request.user, notice),
    }
    return render(request, "notices/nudges.html", context)


def _remind(request: Request, notice: Notice) -> HttpResponse:
    form = NudgeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "催促する相手を選んでください。")
        return redirect("notices:nudges", notice.pk)
    try:
        done = nudge(notice, by=request.user, aim=form.cleaned_data["aim"])
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        told = f"{done.organizations:,}団体の{done.people:,}人"
        messages.success(request, f"{told}に、催促のメールを送りました。")
    return redirect("notices:nudges", notice.pk)


def _choice(notice: Notice, sender: Organization, aim: NudgeAim) -> dict[str, Any]:
    reminded = whom_to_remind(notice, sender, aim)
    return {
        "aim": aim.value,
        "label": aim.label,
        "organizations": reminded.deliveries.count(),
        "people": reminded.people.count(),
    }
