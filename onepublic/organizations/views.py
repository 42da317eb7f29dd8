"""The page of one organization."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Organization, User
from accounts.querysets import OrganizationQuerySet
from accounts.states import Level
from notices.models import Delivery
from onepublic.addresses import addresses_of_surveys
from onepublic.core.requests import Request
from surveys.models import Assignment

NEWEST = 10


@require_safe
def organization(request: Request, code: str) -> HttpResponse:
    """Public facts for everybody who is signed in, former organizations included; what it was
    sent and asked for itself and whoever follows it. Nobody's name.
    """
    rows = Organization.objects.select_related("prefecture", "regional_bureau", "successor")
    shown = get_object_or_404(rows, code=code)
    ended = shown.valid_to is not None and shown.valid_to < timezone.localdate()
    context = {
        "shown": shown,
        "ended": ended,
        "is_local": shown.level in (Level.PREFECTURE, Level.MUNICIPALITY),
        "predecessors": shown.predecessors.order_by("code"),
        "divisions": shown.divisions.in_force().select_related("parent").order_by("pk"),
        "area": _area(shown),
        **_followed(request.user, shown),
    }
    return render(request, "organization.html", context)


def _area(shown: Organization) -> OrganizationQuerySet:
    """The municipalities of a prefecture; the prefectures of a regional bureau."""
    below = Organization.objects.in_force().filter(prefecture=shown)
    if shown.level == Level.REGIONAL_BUREAU:
        below = Organization.objects.in_force().filter(
            regional_bureau=shown, level=Level.PREFECTURE
        )
    return below.order_by("code")


def _followed(user: User, shown: Organization) -> dict[str, Any]:
    """The newest of what it was sent and asked, as far as the person may see it."""
    sent = Delivery.objects.visible_to(user).filter(organization=shown).in_inbox_order()[:NEWEST]
    asked = Assignment.objects.progress_visible_to(user).filter(organization=shown)
    newest = list(
        asked.select_related("survey", "succeeded_by__organization").order_by("-pk")[:NEWEST]
    )
    addresses = addresses_of_surveys(user, [one.survey_id for one in newest])
    return {
        "sent": sent,
        "asked": [(one, addresses.get(one.survey_id)) for one in newest],
    }
