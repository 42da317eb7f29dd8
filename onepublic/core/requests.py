"""The request as our views see it: signed in, with a user of ours."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import User


class Request(HttpRequest):
    """A request whose user has signed in (LoginRequiredMiddleware holds that)."""

    user: "User"
    htmx: HtmxDetails
    section: str
    """The address of the navigation entry to which the page belongs, where its own address does
    not tell; a view sets it."""
