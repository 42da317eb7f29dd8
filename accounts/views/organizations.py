"""Finding an organization by name while one types."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from accounts.forms.organizations import MOST, written
from accounts.models import Organization
from onepublic.core.requests import Request


@require_safe
def organization_search(request: Request) -> JsonResponse:
    """``?q=`` → ``{"options": [{"value", "label", "note"}]}``, at most 20, in order of codes.

    Names and codes of organizations are public; every signed-in person may ask.
    """
    found = Organization.objects.in_force().named_like(request.GET.get("q", ""))[:MOST]
    options = [
        {"value": written(one), "label": one.full_name, "note": one.get_kind_display()}
        for one in found
    ]
    return JsonResponse({"options": options})
