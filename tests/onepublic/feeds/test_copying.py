"""The button that copies an address, and the page without script."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from onepublic.feeds.actions import issue
from onepublic.feeds.models import FeedAddress
from tests.factories.accounts import OrganizationFactory, person_at

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def opened(page: Page, portal: str) -> FeedAddress:
    """The page of a person's address; returns the address."""
    user = person_at(OrganizationFactory.create())
    address = issue(user, seen=0)
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": portal}])
    page.goto(portal + reverse("feeds:page"))
    return address


def test_it_copies_the_whole_address(
    open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    address = opened(page, live_server.url)

    page.get_by_role("button", name="期限（iCalendar）").click()

    expect(page.get_by_text("コピーしました。")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/feeds/{address.token}/due.ics")


def test_without_script_the_address_stands_in_a_field_to_copy_by_hand(
    open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    page = open_page(java_script_enabled=False)
    address = opened(page, live_server.url)

    expect(page.get_by_label("通知（Atom）", exact=True)).to_have_value(
        f"http://127.0.0.1:8000/feeds/{address.token}/notices.atom"
    )
    expect(page.get_by_role("button", name="コピーする")).to_have_count(0)
