"""People at their computers: signing in and out."""

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.e2e.pages import field, press
from tests.factories.accounts import PASSWORD


def sign_in(page: Page, person: User, *, password: str = PASSWORD) -> None:
    """Open the portal and sign in with the form."""
    page.goto("/")
    fill_sign_in(page, person.email, password)
    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()


def fill_sign_in(page: Page, email: str, password: str) -> None:
    """Fill in the form of the sign-in page and send it."""
    field(page, "メールアドレス").fill(email)
    field(page, "パスワード").fill(password)
    press(page, "ログイン")


def sign_out(page: Page) -> None:
    press(page, "ログアウト")
    expect(page.get_by_role("button", name="ログアウト")).to_have_count(0)
