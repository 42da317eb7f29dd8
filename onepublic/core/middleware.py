"""Small rules for every request and every answer."""

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from redis.exceptions import RedisError

from onepublic.core.errors import Gone, Refused

log = logging.getLogger(__name__)
NUL = "\x00"
Handler = Callable[[HttpRequest], HttpResponse]


class NoNulMiddleware:
    """PostgreSQL has no text with U+0000: what stands behind the question mark of an address loses
    it, and an address or a cookie that holds it otherwise is a 400 page.

    What a form sends is left to its fields, which name the character to the person who typed.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(NUL in text for text in (request.path, *request.COOKIES.values())):
            raise BadRequest("U+0000 in an address or a cookie")
        if any(NUL in text for _, texts in request.GET.lists() for text in texts):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment] # for this request alone
        return self.get_response(request)


def _without_nul(query: QueryDict) -> QueryDict:
    clean = query.copy()
    for name, texts in query.lists():
        clean.setlist(name, [text.replace(NUL, "") for text in texts])
    return clean


class NoStoreMiddleware:
    """Pages of signed-in people stay out of every cache, also of a shared counter PC."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class RefusalMiddleware:
    """What a view refuses or can't do becomes a page that says why and what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """409 for an action's refusal that no form showed, 410 for what was taken back, 503 when
        the cache is away, which counts failed sign-ins; other exceptions take their usual way.
        """
        if isinstance(error, Refused):
            return render(request, error.template, {"reason": str(error)}, status=409)
        if isinstance(error, Gone):
            return render(request, "410.html", {"gone": error}, status=410)
        if isinstance(error, RedisError):
            log.error("the cache is away: %s", error)
            return render(request, "503.html", status=503)
        return None
