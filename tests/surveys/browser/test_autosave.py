"""What a person sees while answers save themselves, and when they can't."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.accounts import PASSWORD, person_at
from tests.factories.surveys import answer
from tests.surveys.browser.desk import Desk
from tests.surveys.browser.signing_in import sign_in, sign_out

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_it_saves_by_itself_and_shows_what_follows(desk: Desk) -> None:
    desk.open()
    expect(desk.page.locator("#q-name")).to_be_hidden()

    desk.page.get_by_label("はい").check()
    desk.page.get_by_label("職員数").fill("１２人")
    desk.page.get_by_label("窓口の名称").fill("相談窓口")

    desk.expect_state("保存しました")
    expect(desk.page.get_by_label("職員数")).to_have_value("12")
    expect(desk.page.locator("[data-section-step=s2]")).to_be_visible()
    assert desk.stored() == {"desk": True, "staff": 12, "name": "相談窓口"}


def test_it_adds_up_and_explains_while_typing(desk: Desk) -> None:
    answer(desk.asked, desk.person, desk="true", staff="100")
    desk.open("s2")

    for number, cell in enumerate(desk.page.locator(".answer-table input").all()):
        cell.fill(str(number))
    desk.page.locator(".answer-table input").last.fill("三")

    expect(desk.page.locator("[data-total=grand]")).to_have_text("3")
    live = desk.page.locator("#answers :is([aria-live], output, [role=status])")
    assert [region.get_attribute("id") for region in live.all()] == ["follows", "save-state"]
    expect(desk.page.locator("#messages-cases")).to_contain_text(
        "継続／女：数字で入力してください。"
    )
    expect(desk.page.locator(".answer-table input").last).to_have_attribute("aria-invalid", "true")
    desk.page.locator(".answer-table input").last.fill("4")
    expect(desk.page.locator("#messages-cases")).to_contain_text("新規の件数が職員数より少なく")
    expect(desk.page.locator("#follows")).to_contain_text("総計は7件です。")


def test_two_people_choose_between_their_answers(desk: Desk) -> None:
    desk.open()
    answer(desk.asked, person_at(desk.asked.organization), staff="5")

    desk.page.get_by_label("職員数").fill("7")

    conflict = desk.page.locator("[data-conflict=staff]")
    expect(conflict).to_contain_text("5人")
    expect(conflict).to_contain_text("7人")
    desk.expect_state("1件は保存していません")
    assert desk.stored() == {"staff": 5}
    conflict.get_by_role("button", name="こちらで上書きする").click()
    desk.expect_state("保存しました")
    expect(conflict).to_have_count(0)
    assert desk.stored() == {"staff": 7}


def test_the_other_answer_can_be_kept(desk: Desk) -> None:
    desk.open()
    answer(desk.asked, person_at(desk.asked.organization), staff="5")
    desk.page.get_by_label("職員数").fill("7")

    desk.page.get_by_role("button", name="こちらを使う").click()

    expect(desk.page.get_by_label("職員数")).to_have_value("5")
    desk.page.get_by_role("button", name="保存する").click()
    desk.page.wait_for_load_state()
    assert desk.stored() == {"staff": 5}


def test_signed_out_it_says_so_and_goes_on_after_signing_in_in_another_tab(
    desk: Desk, live_server: LiveServer
) -> None:
    desk.open()
    sign_out(desk.page.context)

    desk.page.get_by_label("職員数").fill("8")

    desk.expect_state(
        "ログインの有効期限が切れたため、保存できていません。入力は画面に残っています。"
    )
    other = desk.page.context.new_page()
    other.goto(f"{live_server.url}/accounts/login/")
    other.locator("[name=login]").fill(desk.person.email)
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("form [type=submit]").first.click()
    other.wait_for_url(f"{live_server.url}/")
    desk.expect_state("保存しました")
    assert desk.stored() == {"staff": 8}


def test_signed_in_as_another_person_it_saves_nothing(desk: Desk, live_server: LiveServer) -> None:
    desk.open()
    desk.page.context.clear_cookies()
    sign_in(desk.page.context, live_server.url, person_at(desk.asked.organization))

    desk.page.get_by_label("職員数").fill("8")

    desk.expect_state("別の利用者としてログインされているため、保存できません。")
    assert desk.stored() == {}


def test_what_a_lost_network_left_is_offered_again(desk: Desk) -> None:
    desk.open()
    # This page alone has lost its network, until it is closed: a repeat must not slip through.
    desk.page.route("**/answers/", lambda route: route.abort("internetdisconnected"))
    desk.page.get_by_label("職員数").fill("9")
    desk.expect_state("保存できませんでした。入力は画面に残っています。")
    again = desk.page.context.new_page()
    desk.page.close(run_before_unload=False)

    desk.page = again
    desk.open()
    expect(again.locator("#unsent")).to_contain_text("前回保存できなかった入力が1件")
    again.get_by_role("button", name="入力を戻して保存する").click()

    desk.expect_state("保存しました")
    assert desk.stored() == {"staff": 9}
    desk.open()
    expect(again.locator("#unsent")).to_be_hidden()


def test_a_button_waits_for_what_is_still_unsaved(desk: Desk) -> None:
    desk.open()
    desk.page.get_by_label("はい").check()

    desk.page.get_by_label("職員数").fill("4")
    desk.page.get_by_role("button", name="保存して").click()

    desk.page.wait_for_url("**/sections/s2/")
    assert desk.stored() == {"desk": True, "staff": 4}


def test_everything_works_without_script(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    desk = Desk(live_server, context.new_page())
    desk.open()
    desk.page.get_by_label("職員数").fill("1")
    desk.page.get_by_label("いいえ").check()
    desk.page.get_by_role("button", name="保存して確認画面へ").or_(
        desk.page.get_by_role("button", name="保存して次へ")
    ).click()

    desk.page.get_by_label("理由").fill("小さな村のため。")
    desk.page.get_by_role("button", name="提出する").click()

    desk.asked.refresh_from_db()
    expect(desk.page.locator("main")).to_contain_text(str(desk.asked.receipt_number))
    context.close()


def test_leaving_a_field_that_is_asked_about_asks_no_second_time(desk: Desk) -> None:
    """A press on a button first leaves the field: the buttons must stay under the pointer."""
    desk.open()
    answer(desk.asked, person_at(desk.asked.organization), staff="5")
    desk.page.get_by_label("職員数").fill("7")
    button = desk.page.locator("[data-conflict=staff]").get_by_role(
        "button", name="こちらで上書きする"
    )
    button.evaluate("each => each.scrollIntoView({ block: 'center' })")
    place = button.bounding_box()
    assert place is not None

    desk.page.mouse.move(place["x"] + 5, place["y"] + 5)
    desk.page.mouse.down()
    desk.page.wait_for_timeout(500)  # time in which a needless second answer would arrive
    desk.page.mouse.up()

    desk.expect_state("保存しました")
    assert desk.stored() == {"staff": 7}
