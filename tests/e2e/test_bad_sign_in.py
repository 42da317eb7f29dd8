"""Who gives a wrong password is told so, and after some tries has to wait."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import fill_sign_in, sign_in
from tests.factories.accounts import PASSWORD, OrganizationFactory, person_at

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WRONG = "入力されたメールアドレスもしくはパスワードが正しくありません。"
LOCKED = "ログイン失敗が連続しています。時間が経ってからやり直してください。"
ALLOWED = 5


def test_a_wrong_password_is_said_and_the_right_one_then_opens(desk: Callable[..., Page]) -> None:
    person = person_at(OrganizationFactory.create())
    page = desk()
    page.goto("/notices/")

    fill_sign_in(page, person.email, "not-the-password")

    expect(page.get_by_role("alert")).to_contain_text(WRONG)
    fill_sign_in(page, person.email, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("受信した通知")


def test_a_locked_account_does_not_open_even_with_the_right_password(
    desk: Callable[..., Page],
) -> None:
    village = OrganizationFactory.create()
    person, neighbour = person_at(village), person_at(village)
    page = desk()
    page.goto("/")

    for _ in range(ALLOWED):
        fill_sign_in(page, person.email, "not-the-password")
        expect(page.get_by_role("alert")).to_contain_text(WRONG)
    fill_sign_in(page, person.email, PASSWORD)

    expect(page.get_by_role("alert")).to_contain_text(LOCKED)
    sign_in(desk(), neighbour)
