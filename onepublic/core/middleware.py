"""Two small rules for every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onepublic.core.errors import Refused

Handler = Callable[[HttpRequest], HttpResponse]


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
    """An action's refusal that no form showed becomes a 409 page with its sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that says why and what to do; other exceptions take their usual way."""
        if not isinstance(error, Refused):
            return None
        return render(request, "409.html", {"reason": str(error)}, status=409)
