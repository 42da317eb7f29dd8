"""The main story by people who have no mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from surveys.models import Assignment
from surveys.responses import load_response
from tests.e2e import keyboard, survey_steps
from tests.e2e.keyboard import arrive, assert_seen, pick, press, tab_to, tick, told, type_into
from tests.e2e.pages import choice, field, heading
from tests.e2e.ten_questions import ANSWERS, STORED, TITLE, open_ten_questions
from tests.e2e.world import World
from tests.factories.accounts import PASSWORD
from tests.faults.station import Station, wait_until
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

NOTICE = "指定都市への通知"
CITIES = "指定都市"


def test_the_main_story_needs_no_mouse(
    world: World, desk: Callable[..., Page], workers: Station, post_box: SmtpSink
) -> None:
    drafter, approver, officer = desk(), desk(), desk()

    write(drafter, world.drafter)
    address(drafter)
    publish(approver, world.approver)
    acknowledge(officer, world.officer, mailed_link(post_box))
    open_ten_questions(world.officer, by=world.owner)
    answer(officer)

    [asked] = Assignment.objects.submitted()
    assert load_response(asked).values == STORED


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name, exact=True).first


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def sign_in(page: Page, person: User) -> None:
    type_into(page, field(page, "メールアドレス"), person.email)
    type_into(page, field(page, "パスワード"), PASSWORD)
    page.keyboard.press("Enter")
    expect(button(page, "ログアウト")).to_be_visible()


def open_drafts(page: Page) -> None:
    side = page.get_by_role("navigation", name="主なページ")
    press(page, side.get_by_role("link", name="起案・決裁"))
    arrive(page, "起案・決裁")


def write(page: Page, drafter: User) -> None:
    """A draft that is refused once: the focus goes to what is wrong, and from there to it."""
    page.goto("/")
    sign_in(page, drafter)
    open_drafts(page)
    press(page, link(page, "通知を起案する"))
    arrive(page, "通知の起案")
    type_into(page, field(page, "文書番号"), "感発1123第2号")
    type_into(page, field(page, "宛名"), "各 指定都市市長 殿")
    type_into(page, field(page, "本文"), "標記について、確認をお願いする。\n\n記")
    type_into(page, field(page, "課室名"), "予防接種課")
    press(page, button(page, "下書きを保存する"))
    mend(page)
    told(page, "下書きを保存しました。")


def mend(page: Page) -> None:
    summary = page.get_by_role("alert", name="入力内容を確認してください")
    expect(summary).to_be_focused()
    assert_seen(page)
    press(page, summary.get_by_role("link").first, within=1)
    title = field(page, "件名")
    expect(title).to_be_focused()
    assert_seen(page)
    page.keyboard.type(NOTICE)
    tab_to(page, field(page, "宛名"), within=1, key="Shift+Tab")
    press(page, button(page, "下書きを保存する"))


def address(page: Page) -> None:
    """Choose the audience, past 55 areas, and send for approval."""
    press(page, link(page, "宛先を選ぶ"), within=5)
    arrive(page, "宛先")
    tick(page, choice(page, "団体の種別", CITIES))
    expect(page.locator("#hits .card-count")).to_have_text("20団体")
    press(page, link(page, "地域の選択を飛ばす"))
    expect(field(page, "団体の名称で探す")).to_be_focused()
    press(page, button(page, "宛先を保存する"), within=10)
    told(page, "宛先を保存しました。")
    press(page, button(page, "決裁に回す"))
    told(page, "決裁に回しました。")


def publish(page: Page, approver: User) -> None:
    page.goto("/")
    sign_in(page, approver)
    open_drafts(page)
    press(page, link(page, NOTICE))
    arrive(page, NOTICE)
    press(page, link(page, "発出の確認に進む"), within=5)
    arrive(page, NOTICE)
    press(page, button(page, "発出する"))
    told(page, "発出しました。")


def mailed_link(post_box: SmtpSink) -> str:
    assert wait_until(lambda: len(post_box.messages) == 1, seconds=20)
    [address] = re.findall(r"http\S+", post_box.messages[0].get_content())
    return str(address)


def acknowledge(page: Page, officer: User, address: str) -> None:
    """From the mail's link; what is said afterwards leads on."""
    page.goto(address)
    sign_in(page, officer)
    arrive(page, NOTICE)
    press(page, button(page, "確認済みにする"))
    told(page, "確認済みにしました。")
    press(page, link(page, "今日することに戻る"), within=1)


def answer(page: Page) -> None:
    arrive(page, "今日すること")
    press(page, link(page, "回答する調査"))
    arrive(page, "回答する調査")
    press(page, link(page, TITLE))
    arrive(page, TITLE)
    press(page, link(page, "回答を始める"))
    for title, entries in ANSWERS.items():
        arrive(page, title)
        for question, option in entries:
            enter(page, question, option)
        last = title == [*ANSWERS][-1]
        press(page, button(page, "保存して確認画面へ" if last else "保存して次へ"))
    arrive(page, "回答の確認")
    press(page, button(page, "提出する"))
    arrive(page, "提出の控え")
    press(page, link(page, "今日することに戻る"))
    heading(page, "今日すること")


def enter(page: Page, question: str, typed: str) -> None:
    group = page.get_by_role("group", name=question)
    if group.get_by_role("checkbox").count():
        tick(page, choice(page, question, typed))
    elif group.count():
        pick(page, question, typed)
    else:
        type_into(page, survey_steps.question(page, question), typed)


def test_the_way_back_is_the_way_there_reversed(world: World, desk: Callable[..., Page]) -> None:
    page = desk()
    page.goto("/")
    sign_in(page, world.drafter)
    page.goto("/notices/new/")
    skip = page.get_by_role("link", name="本文へ移動")

    there = [keyboard.step(page)]
    while there[-1] != "A 対応ブラウザ":
        there.append(keyboard.step(page))
    back = there[-1:]
    while not skip.evaluate(keyboard.IS_FOCUSED):
        back.append(keyboard.step(page, key="Shift+Tab"))

    assert back == there[::-1]
