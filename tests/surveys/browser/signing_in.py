"""A browser that has signed in, without the form that tests of accounts already fill in."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from accounts.models import User


def sign_in(context: BrowserContext, address: str, person: User) -> None:
    """Give the browser a session of the person's."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def sign_out(context: BrowserContext) -> None:
    """Take the session away, as when its time has run out."""
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
