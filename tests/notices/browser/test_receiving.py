"""Routing, handing over and declining, in browsers of the people concerned."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Division, Organization, User
from accounts.states import Role
from notices.models import Delivery, Notice
from tests.e2e.pages import field, follow, go, heading, press
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import published, topic
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def desk(open_page: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """A function that opens the first page as the person sees it on a computer of their own."""

    def sit_down(person: User, **options: object) -> Page:
        page = open_page(base_url=live_server.url, **options)
        sign_in(page.context, live_server.url, person)
        page.goto("/")
        return page

    return sit_down


@pytest.mark.parametrize("script", [True, False])
def test_a_topic_reaches_its_division_which_hands_it_over_and_the_window_declines(
    desk: Callable[..., Page], village: Organization, *, script: bool
) -> None:
    vaccines = topic("予防接種")
    set_up_division_and_route(desk(person_at(village, Role.ORG_ADMIN), java_script_enabled=script))
    section = Division.objects.get(name="保健課")
    notice = published(to=[village], topics=[vaccines], title="接種の実施")

    at_section = desk(person_at(section), java_script_enabled=script)
    hand_back(at_section)
    at_window = desk(person_at(village), java_script_enabled=script)
    decline(at_window)
    issuer = desk(person_at(notice.division), java_script_enabled=script)
    find_who_declined(issuer, notice)

    assert notice.deliveries.get().declined_to == "広域連合"


def set_up_division_and_route(page: Page) -> None:
    go(page, "課室と担当")
    field(page, "課室の名称").fill("保健課")
    press(page, "追加する")
    follow(page, "分野の担当")
    field(page, "予防接種").select_option(label="保健課")
    press(page, "保存する")
    expect(page.get_by_text("1件の分野の担当を変更しました。")).to_be_visible()


def hand_back(page: Page) -> None:
    go(page, "受信した通知")
    page.get_by_role("link", name=re.compile("自分の課室")).click()
    follow(page, "接種の実施")
    follow(page, "別の課室に引き継ぐ")
    heading(page, "別の課室への引継ぎ")
    field(page, "引き継ぐ課室").select_option(label="窓口")
    page.get_by_label(re.compile("申し送り")).fill("当課の所管ではないようです。")
    press(page, "引き継ぐ")
    expect(page.get_by_text("窓口に引き継ぎました。")).to_be_visible()


def decline(page: Page) -> None:
    go(page, "受信した通知")
    page.get_by_role("link", name=re.compile("自分の課室")).click()
    follow(page, "接種の実施")
    expect(page.get_by_text("当課の所管ではないようです。")).to_be_visible()
    follow(page, "所管外とする")
    press(page, "所管外とする")
    expect(page.get_by_text("所管する機関・課室を入力してください。").first).to_be_visible()
    page.get_by_label(re.compile("所管する機関・課室")).fill("広域連合")
    page.get_by_label(re.compile("所管外とする理由")).fill("事務を移しているため")
    press(page, "所管外とする")
    expect(page.get_by_text("所管外としました。")).to_be_visible()


def find_who_declined(page: Page, notice: Notice) -> None:
    page.goto(f"/notices/{notice.pk}/deliveries/")
    page.get_by_role("link", name=re.compile("所管外の団体")).click()
    row = page.get_by_role("row", name=re.compile("広域連合"))
    expect(row).to_contain_text("事務を移しているため")


def test_keys_choose_and_confirm_but_not_while_one_types(
    desk: Callable[..., Page], village: Organization
) -> None:
    DivisionFactory.create(organization=village)
    for title in ("一番", "二番", "三番"):
        published(to=[village], title=title)
    page = desk(person_at(village))
    page.goto("/notices/")

    words = page.get_by_role("searchbox", name="件名・文書番号で探す")
    words.press_sequentially("ajx")
    expect(words).to_have_value("ajx")
    page.get_by_role("heading", level=1).click()
    for key in ("j", "x", "j", "j", "k", "x", "a"):
        page.keyboard.press(key)

    expect(page.get_by_text("2件を確認済みにしました。")).to_be_visible()
    confirmed = Delivery.objects.filter(acknowledged_at__isnull=False)
    titles = confirmed.values_list("notice__current_version__title", flat=True)
    assert set(titles) == {"三番", "二番"}
