"""What is in force: today or on any day, in one field of work or in all."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from notices.forms import InForceForm
from notices.models import Notice
from onepublic.core.pagination import latest_first
from onepublic.core.requests import Request


@require_safe
def in_force(request: Request) -> HttpResponse:
    """The notices in force that the person may see, newest first; ``?topic=`` and ``?on=``."""
    form = InForceForm(request.GET)
    valid = form.is_valid()
    on = (form.cleaned_data["on"] if valid else None) or timezone.localdate()
    topic = form.cleaned_data["topic"] if valid else None
    rows = Notice.objects.visible_to(request.user).in_force(on)
    if topic:
        rows = rows.filter(topics=topic)
    rows = rows.select_related("current_version", "division__parent")
    context = {
        "form": form,
        "on": on,
        "topic": topic,
        "page": latest_first(
            rows if valid else rows.none(),
            moment="published_at",
            cursor=request.GET.get("cursor", ""),
        ),
    }
    return render(request, "notices/in_force.html", context)
