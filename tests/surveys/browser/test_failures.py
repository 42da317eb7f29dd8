"""What the page says and does when saving fails: it keeps everything, and goes on by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from surveys.actions import close_survey
from tests.factories.accounts import person_at
from tests.factories.surveys import answer
from tests.surveys.browser.desk import Desk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ANSWERS = "**/answers/"


def changes_in(request: Request) -> dict[str, Any]:
    payload: Any = request.post_data_json
    sent: dict[str, Any] = payload["changes"]
    return sent


def test_who_types_without_a_pause_is_saved_within_two_seconds(desk: Desk) -> None:
    desk.open()
    desk.page.get_by_label("はい").check()
    desk.expect_state("保存しました")
    desk.page.clock.install()
    name = desk.page.get_by_label("窓口の名称")

    with desk.page.expect_request(ANSWERS) as sent:
        for letter in "あいう":  # each within the pause after the one before
            name.press_sequentially(letter)
            desk.page.clock.run_for(700)

    assert changes_in(sent.value)["name"]["value"] in {"あい", "あいう"}


def test_an_overloaded_server_is_asked_again(desk: Desk) -> None:
    desk.open()
    desk.page.route(ANSWERS, lambda route: route.fulfill(status=503), times=1)

    desk.page.get_by_label("職員数").fill("8")

    desk.expect_state("サーバーが応答できないため、保存できていません。入力は画面に残っています。")
    desk.expect_state("保存しました")
    assert desk.stored() == {"staff": 8}


def test_too_much_at_once_is_sent_in_smaller_parts(desk: Desk) -> None:
    desk.open()
    refused: list[int] = []

    def only_single(route: Route) -> None:
        if len(changes_in(route.request)) == 1:
            return route.continue_()
        refused.append(len(changes_in(route.request)))
        return route.fulfill(status=413)

    desk.page.route(ANSWERS, only_single)
    desk.page.evaluate(
        """() => {
            for (const [name, text] of [["f-staff", "8"], ["f-since", "2020-04-01"]]) {
                const input = document.getElementsByName(name)[0];
                input.value = text;
                input.dispatchEvent(new Event("input", { bubbles: true }));
            }
        }"""
    )

    desk.expect_state("保存しました")
    assert refused == [2]
    assert desk.stored() == {"staff": 8, "since": "2020-04-01"}


def test_one_that_is_too_big_alone_is_told_at_its_field(desk: Desk) -> None:
    desk.open()
    desk.page.route(ANSWERS, lambda route: route.fulfill(status=413))

    desk.page.get_by_label("職員数").fill("8")

    desk.expect_state("1件は保存していません。")
    expect(desk.page.locator("#messages-staff")).to_contain_text("内容が大きすぎる")
    expect(desk.page.get_by_label("職員数")).to_have_value("8")


def test_an_answer_lost_on_its_way_back_is_no_conflict_with_oneself(desk: Desk) -> None:
    desk.open()

    def stored_but_lost(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    desk.page.route(ANSWERS, stored_but_lost, times=1)
    desk.page.get_by_label("職員数").fill("8")
    desk.expect_state("保存できませんでした。")
    assert desk.stored() == {"staff": 8}

    desk.page.get_by_label("職員数").fill("9")

    desk.expect_state("保存しました")
    expect(desk.page.locator("[data-conflict]")).to_have_count(0)
    assert desk.stored() == {"staff": 9}


def test_what_can_not_be_saved_any_more_stays_and_is_said(desk: Desk) -> None:
    desk.open()
    close_survey(desk.asked.survey, by=desk.asked.survey.created_by)

    desk.page.get_by_label("職員数").fill("8")

    desk.expect_state("この調査は受付を終了しているため、回答を変更できません。")
    expect(desk.page.get_by_label("職員数")).to_have_value("8")
    assert desk.stored() == {}


def test_mistakes_are_listed_on_top_with_links_to_their_inputs(desk: Desk) -> None:
    desk.open()
    expect(desk.page.locator("#problems")).to_be_hidden()

    desk.page.get_by_label("職員数").fill("多数")

    link = desk.page.locator("#problems").get_by_role("link", name="職員数")
    link.click()
    expect(desk.page.get_by_label("職員数")).to_be_focused()
    desk.page.get_by_label("職員数").fill("8")
    expect(desk.page.locator("#problems")).to_be_hidden()


def test_a_conflict_is_settled_from_the_keyboard(desk: Desk) -> None:
    desk.open()
    other = person_at(desk.asked.organization)
    answer(desk.asked, other, staff="5")
    desk.page.get_by_label("職員数").fill("7")
    conflict = desk.page.get_by_role("alert").filter(has_text="先に保存しました")
    expect(conflict).to_contain_text(other.name)

    conflict.get_by_role("button", name="こちらを使う").focus()
    desk.page.keyboard.press("Enter")

    expect(desk.page.get_by_label("職員数")).to_have_value("5")
    expect(desk.page.get_by_label("職員数")).to_be_focused()


def test_each_sees_who_else_is_there_until_they_leave(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    first = Desk(live_server, open_page())
    second = Desk(live_server, open_page(), first.asked)
    first.open()
    second.open()

    expect(second.page.locator("#presence")).to_contain_text(f"{first.person.name}さん（同じ節）")
    first.page.reload()
    expect(first.page.locator("#presence")).to_contain_text(second.person.name)
    second.page.close()
    first.page.reload()
    expect(first.page.locator("#presence")).to_have_text("")
