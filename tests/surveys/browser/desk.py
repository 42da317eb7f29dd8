"""A person at the pages of one assignment."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from surveys.models import Assignment
from tests.factories.accounts import person_at
from tests.factories.surveys import assignment
from tests.surveys.browser.signing_in import sign_in


class Desk:
    """A browser of a drafter whose organization was asked."""

    def __init__(
        self, live_server: LiveServer, page: Page, asked: Assignment | None = None
    ) -> None:
        self.asked: Assignment = asked or assignment()
        self.person: User = person_at(self.asked.organization)
        self.address = f"{live_server.url}/surveys/assignments/{self.asked.pk}/"
        self.page = page
        sign_in(page.context, live_server.url, self.person)

    def open(self, section: str = "s1") -> None:
        self.page.goto(f"{self.address}sections/{section}/")

    def expect_state(self, text: str) -> None:
        expect(self.page.locator("#save-state")).to_contain_text(text)

    def stored(self) -> dict[str, object]:
        return dict(self.asked.answers.values_list("field", "value"))
