"""The page of the calendar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onepublic.calendar.due import due_between
from onepublic.calendar.months import month_written, weeks_of
from onepublic.core.requests import Request


@require_safe
def month(request: Request) -> HttpResponse:
    """``?month=2026-11``: what is due in it, as a list by day and as a table of weeks."""
    today = timezone.localdate()
    shown = month_written(request.GET.get("month", ""), today=today)
    weeks = weeks_of(shown, due_between(request.user, shown.first, shown.last), today=today)
    context = {
        "month": shown,
        "weeks": weeks,
        "days": [day for week in weeks for day in week if day.due],
    }
    return render(request, "calendar.html", context)
