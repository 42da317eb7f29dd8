"""Looking for a notice: typed, narrowed, opened, saved and told of, also without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Organization
from notices.models import SavedSearch
from notices.search.tasks import match_saved_searches
from onepublic.mail.models import OutboxMessage
from tests.e2e.pages import follow, go, heading, picture, press
from tests.e2e.people import sign_in
from tests.e2e.world import YOKOHAMA, World
from tests.factories.notices import published

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("with_script", [True, False])
def test_a_notice_is_found_narrowed_saved_and_told_of(
    with_script: bool, world: World, desk: Callable[..., Page]
) -> None:
    city = Organization.objects.get(code=YOKOHAMA)
    published(to=[city], title="髙齢者の接種", body="第二〇条による。", category="notice")
    published(to=[city], title="接種の事務連絡", category="admin_message", number="")
    published(to=[Organization.objects.exclude(pk=city.pk)[9]], title="他県の接種")
    officer = desk(java_script_enabled=with_script)
    sign_in(officer, world.officer)

    go(officer, "通知の全文検索")
    officer.get_by_label("探す語").fill("接種 -他県")
    officer.get_by_role("main").get_by_role("button", name="検索する").click()
    expect(officer.get_by_text("「接種 -他県」を含む通知：2件")).to_be_visible()
    officer.get_by_role("navigation", name="種別で絞り込む").get_by_role("link").first.click()
    expect(officer.get_by_text("を含む通知：1件")).to_be_visible()
    follow(officer, "すべての絞り込みを解除する")
    officer.get_by_label("探す語").fill("高齢者 第20条")
    officer.get_by_role("main").get_by_role("button", name="検索する").click()
    expect(officer.locator("mark")).to_have_text(["髙齢者", "第二〇条"])
    picture(officer, "notice-search")

    officer.get_by_text("この検索を保存する").first.click()
    officer.get_by_label("検索の名前").fill("高齢者の条文")
    press(officer, "この検索を保存する")
    heading(officer, "保存した検索")
    picture(officer, "saved-searches")
    follow(officer, "高齢者の条文")
    follow(officer, "髙齢者の接種")
    heading(officer, "髙齢者の接種")

    published(to=[city], title="高齢者について", body="第２０条")
    match_saved_searches()
    told = OutboxMessage.objects.get(kind="saved_search")
    assert (told.person, SavedSearch.objects.get().user) == (world.officer, world.officer)
