"""The first page after signing in: what this person's place has to do today."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.states import Level
from notices.models import Delivery, Notice
from onepublic.core.requests import Request
from surveys.models import Assignment, Survey

NEWEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Counts come from the querysets that the lists use, so both always agree."""
    user = cast(Request, request).user
    received = Delivery.objects.for_organizations_of(user)
    asked = Assignment.objects.for_organizations_of(user).answerable()
    context = {
        "at_ministry": user.is_at(Level.MINISTRY),
        "unacknowledged_count": received.unacknowledged().count(),
        "newest_deliveries": received.unacknowledged().in_inbox_order()[:NEWEST],
        "owed_assignments": asked.select_related("survey").order_by("survey__due_on", "pk"),
        "drafts_in_review": Notice.objects.written_by_divisions_of(user).in_review().count(),
        "open_surveys": Survey.objects.run_by(user).started().order_by("-pk")[:NEWEST],
    }
    return render(request, "home.html", context)
