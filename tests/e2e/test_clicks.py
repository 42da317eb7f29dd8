"""How many clicks an officer who is signed in needs, from the mail's link to the end."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import Organization
from notices.models import Delivery
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import render
from surveys.models import Assignment
from surveys.responses import load_response
from tests.e2e.pages import choice, heading
from tests.e2e.people import sign_in
from tests.e2e.survey_steps import question
from tests.e2e.ten_questions import ANSWERS, STORED, TITLE, open_ten_questions
from tests.e2e.world import YOKOHAMA, World
from tests.factories.notices import published

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

MAIL = "http://mail.example.jp/"
# The browser itself reports each press of the mouse, with what was under it.
REPORT = """addEventListener("pointerdown", (event) => {
  const target = event.target.closest("a, button, label, input, textarea") ?? event.target;
  noteClick(target.textContent.trim() || target.getAttribute("name"));
}, true)"""
PRIMARY = ".button:not(.button-secondary, .button-tertiary):visible"


class Hand:
    """The officer's computer, which counts clicks and notes which pages were opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks: list[str] = []
        self.paths: list[str] = []
        page.expose_function("noteClick", lambda name: self.clicks.append(name))
        page.add_init_script(REPORT)
        page.on("framenavigated", lambda frame: self.paths.append(urlsplit(frame.url).path))

    def open_mail(self) -> None:
        """Read the one letter in a mailbox that is another site, and click its link."""
        [letter] = render(list(OutboxMessage.objects.all())).letters.values()
        [address] = re.findall(r"http\S+", letter.text)
        self.page.route(MAIL, lambda route: _show(route, address))
        self.page.goto(MAIL)
        self.paths.clear()
        self.page.get_by_role("link").click()

    def go_on(self, label: str) -> None:
        """Press the page's one primary button."""
        button = self.page.get_by_role("main").locator(PRIMARY)
        expect(button).to_have_text([label])
        button.click()


def _show(route: Route, address: str) -> None:
    link = f'<!doctype html><html lang="ja"><a href="{address}">メールのリンク</a></html>'
    route.fulfill(body=link, content_type="text/html; charset=utf-8")


@pytest.fixture
def hand(
    world: World, desk: Callable[..., Page], live_server: LiveServer, settings: Settings
) -> Hand:
    """Of the officer of 横浜市, who has signed in."""
    settings.PORTAL_URL = live_server.url
    page = desk()
    sign_in(page, world.officer)
    return Hand(page)


def test_two_clicks_from_the_mail_to_an_acknowledged_notice(world: World, hand: Hand) -> None:
    published(to=[Organization.objects.get(code=YOKOHAMA)])

    hand.open_mail()
    hand.go_on("確認済みにする")
    expect(hand.page.get_by_text("確認済みにしました。")).to_be_visible()

    assert Delivery.objects.get().acknowledged_by == world.officer
    assert hand.clicks == ["メールのリンク", "確認済みにする"]


def test_five_clicks_and_one_a_question_to_a_submitted_survey(world: World, hand: Hand) -> None:
    open_ten_questions(world.officer, by=world.owner)

    hand.open_mail()
    heading(hand.page, TITLE)
    hand.go_on("回答を始める")
    answer(hand, "相談の窓口")
    hand.go_on("保存して次へ")
    answer(hand, "実績と課題")
    hand.go_on("保存して確認画面へ")
    heading(hand.page, "回答の確認")
    hand.go_on("提出する")
    heading(hand.page, "提出の控え")

    [asked] = Assignment.objects.submitted()
    assert load_response(asked).values == STORED
    assert len(hand.clicks) == 5 + 10
    path = f"/surveys/assignments/{asked.pk}/"
    pages = ["", "sections/s1/", "sections/s2/", "review/", "receipt/"]
    assert hand.paths == [path + page for page in pages]


def answer(hand: Hand, section: str) -> None:
    """One click a question: on what is chosen, or into the field where one types."""
    heading(hand.page, section)
    for label, typed in ANSWERS[section]:
        if hand.page.get_by_role("group", name=label).count():
            choice(hand.page, label, typed).click()
        else:
            question(hand.page, label).click()
            hand.page.keyboard.type(typed)
