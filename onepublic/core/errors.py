"""Refusals that an action gives; the pages turn them into a plain Japanese message."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """An act that the state of things does not allow now.

    ``str(error)`` is a Japanese sentence for the person who tried; nothing was changed.
    """


class Stale(Refused):
    """The object changed since the page was loaded (another person, another window)."""


def demand(allowed: bool) -> None:
    """Raises PermissionDenied (a 403 page) when the role does not allow the act."""
    if not allowed:
        raise PermissionDenied
