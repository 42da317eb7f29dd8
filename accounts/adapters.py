"""How allauth behaves here: accounts are made by administrators, mail goes by the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.actions.passwords import request_password_reset, set_password
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account belongs to a position that an administrator fills."""
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Leave it to the worker, which makes the link; allauth's own would name the host that
        the request named.
        """
        request_password_reset(user)

    def set_password(self, user: User, password: str) -> None:
        """Set it, with its audit event."""
        set_password(user, password)
