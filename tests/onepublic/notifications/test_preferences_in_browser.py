"""A person picks the hours of their mail, with script and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from onepublic.mail.models import OutboxMessage
from tests.e2e.pages import follow, go, heading, press
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_an_officer_asks_for_three_letters_a_day(
    open_page: Callable[..., Page], live_server: LiveServer, *, script: bool
) -> None:
    town = OrganizationFactory.create()
    page = open_page(base_url=live_server.url, java_script_enabled=script)
    sign_in(page.context, live_server.url, person_at(town))
    page.goto("/")
    go(page, "お知らせ")
    follow(page, "メールの受取り方を変える")
    page.get_by_label("決まった時刻に、まとめて１通で受け取る").check()
    press(page, "保存する")
    expect(
        page.get_by_text("まとめて受け取る時刻を、１つ以上選んでください。").last
    ).to_be_visible()

    for hour in ("8時", "12時", "17時"):
        page.get_by_label(hour, exact=True).check()
    press(page, "保存する")

    expect(page.get_by_text("メールの受取り方を保存しました。")).to_be_visible()
    expect(page.get_by_label("12時", exact=True)).to_be_checked()
    published(to=[town])
    assert OutboxMessage.objects.get().digest_at is not None
    go(page, "お知らせ")
    heading(page, "お知らせ")
    expect(page.get_by_text("にまとめて送信")).to_be_visible()
