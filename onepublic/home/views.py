"""The home page, put together from the parts that concern the person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.states import Level, Role
from notices.models import Delivery, NoticeVersion
from onepublic.calendar.due import AREA, coming, late
from onepublic.core.requests import Request
from onepublic.home.cards import ministry_cards, receiving_cards
from onepublic.home.people import memberships, newest_places
from onepublic.home.rates import rates_of_area, rates_of_ministry

NEWEST = 5
URGENT = 6
"""Of a list on this page; whoever wants more follows the link to the whole list."""
LATE = 10


@require_safe
def home(request: Request) -> HttpResponse:
    """Own duties, the state of the area, what the ministry has live, the organization's people."""
    user = request.user
    context = {"today": timezone.localdate(), "at_ministry": user.is_at(Level.MINISTRY)}
    parts = [_ministry(user) if context["at_ministry"] else _receiving(user)]
    if user.organization_ids(*AREA):
        parts.append({"area": rates_of_area(user)})
    if user.has_role(Role.ORG_ADMIN):
        parts.append({"places": newest_places(user), "place_count": memberships(user).count()})
    for part in parts:
        context |= part
    return render(request, "home.html", context)


def _receiving(user: User) -> dict[str, Any]:
    received = Delivery.objects.for_organizations_of(user)
    cards = receiving_cards(user)
    return {
        "cards": cards,
        "coming": coming(user, at_most=URGENT),
        "late": late(user, at_most=LATE),
        "late_count": sum(card.late for card in cards),
        "newest": received.with_reading_of(user)
        .in_inbox_order()
        .select_related("notice__division__parent")[:NEWEST],
    }


def _ministry(user: User) -> dict[str, Any]:
    drafts = NoticeVersion.objects.drafts().written_by_divisions_of(user)
    waiting = drafts.in_review()
    return {
        "cards": ministry_cards(user),
        "approvals": waiting.select_related("written_by").order_by("written_at")[:URGENT]
        if user.has_role(Role.DRAFTER, Role.APPROVER)
        else [],
        "live": rates_of_ministry(user),
    }
