"""Pages that belong to no app."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

_TOLD_TO_SCRIPTS = {
    400: "送信された内容を読み取れません。",
    413: "送信された内容が大きすぎます。内容を減らしてください。",
}


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers; what the supervisor and the proxy ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def browsers(request: HttpRequest) -> HttpResponse:
    """Which browsers the portal is tried with, and what users of others may expect."""
    return render(request, "browsers.html")


@login_not_required
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token has run out or comes from elsewhere; nothing was changed."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what can't be read (400) or is too much (413); the reason as JSON for a script
    that asks for that.

    Rendered without the request, of which little may be relied on here.
    """
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if too_much else 400
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"message": _TOLD_TO_SCRIPTS[status]}, status=status)
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
