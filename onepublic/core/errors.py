"""Refusals that an action gives; the pages turn them into a plain Japanese message."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """An act that the state of things does not allow now.

    ``str(error)`` is a Japanese sentence for the person who tried; nothing was changed.
    ``template`` is the page that shows it where no form does.
    """

    template = "409.html"


class Stale(Refused):
    """The object changed since the page was loaded (another person, another window)."""


class Gone(Exception):
    """What stood at the address was taken back; raised by a view, answered with a 410 page.

    Says to whoever may still see that it was there: ``number`` as printed ("" when it has none),
    ``title``, ``reason`` (plain text, its lines are kept) and ``contact``, whom to ask (the
    organization's admin when "").
    """

    def __init__(self, *, title: str, reason: str, number: str = "", contact: str = "") -> None:
        super().__init__(title)
        self.title, self.reason, self.number, self.contact = title, reason, number, contact


def demand(allowed: bool) -> None:
    """Raises PermissionDenied (a 403 page) when the role does not allow the act."""
    if not allowed:
        raise PermissionDenied
