"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from onepublic.navigation import navigation_for


def portal(request: HttpRequest) -> dict[str, Any]:
    """``demo_mode`` always; ``navigation`` and ``organization`` of a signed-in person."""
    context: dict[str, Any] = {"demo_mode": settings.DEMO}
    user = getattr(request, "user", None)
    if isinstance(user, User) and not request.headers.get("HX-Request"):
        context["navigation"] = navigation_for(user, getattr(request, "section", request.path))
        context["organization"] = user.organization
    return context
