"""What happens to a notice after its publication: it is corrected, it is taken back."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from accounts.models import Organization
from notices.actions.attaching import attach
from notices.actions.publication import publish
from notices.actions.review import return_to_drafter, submit_for_review
from notices.models import Notice
from tests.e2e.pages import field, follow, heading, picture, press
from tests.e2e.people import sign_in
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import approver_of, in_review

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
BODY = (
    "標記について、下記のとおり実施されたい。\n\n記\n\n１　期日　令和８年11月30日\n２　対象　乳幼児"
)
CORRECTED = BODY.replace("11月30日", "12月10日")
REASON = "期日に誤りがありました。"


@pytest.fixture
def village(transactional_db: None) -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def notice(village: Organization) -> Notice:
    """Published to the village, with a file."""
    notice = in_review(to=[village], body=BODY)
    return_to_drafter(notice, by=approver_of(notice.division), reason="添付")
    upload = SimpleUploadedFile("別紙１　要領.txt", "要領".encode())
    attach(notice, by=notice.created_by, files=[upload], kind="annex")
    submit_for_review(notice, by=notice.created_by)
    return publish(notice, by=approver_of(notice.division))


def test_a_correction_goes_its_way_and_its_reader_sees_what_changed(
    desk: Callable[..., Page], notice: Notice, village: Organization, complaints: list[str]
) -> None:
    drafter, approver, officer = desk(), desk(), desk()
    address = f"/notices/{notice.pk}/"
    sign_in(officer, person_at(village))
    officer.goto(address)
    expect(officer.get_by_text("令和８年11月30日")).to_be_visible()

    correct(drafter, notice)
    approve(approver, notice)
    officer.goto(address)

    changes = officer.get_by_role("region", name="本文の変更")
    expect(changes.get_by_role("deletion")).to_have_text(["［削除：11月30］"])
    expect(changes.get_by_role("insertion")).to_have_text(["［追加：12月10］"])
    expect(officer.get_by_text(REASON).first).to_be_visible()
    expect(officer.get_by_text("未確認").first).to_be_visible()
    picture(officer, "notice-corrected")
    follow(officer, "版の一覧")
    picture(officer, "notice-versions")
    follow(officer, "第1版")
    expect(officer.get_by_text("訂正される前の版です")).to_be_visible()
    picture(officer, "notice-old-version")
    assert complaints == []


def correct(page: Page, notice: Notice) -> None:
    sign_in(page, notice.created_by)
    page.goto(f"/notices/{notice.pk}/")
    follow(page, "この通知を訂正する")
    press(page, "訂正版を作る")
    expect(page.get_by_role("heading", level=1)).to_have_text("訂正を始める")
    field(page, "訂正の理由").fill(REASON)
    page.get_by_label("確認（受領）を改めて求める").check()
    picture(page, "notice-correction")
    press(page, "訂正版を作る")
    follow(page, "本文を直す")
    field(page, "本文").fill(CORRECTED)
    press(page, "保存する")
    picture(page, "notice-correction-draft")
    follow(page, "発出中の版との違い")
    picture(page, "notice-changes")
    page.go_back()
    press(page, "決裁に回す")
    expect(page.get_by_text("決裁に回しました。")).to_be_visible()


def approve(page: Page, notice: Notice) -> None:
    sign_in(page, approver_of(notice.division))
    page.goto(f"/notices/{notice.pk}/")
    follow(page, "訂正版を開く")
    follow(page, "発出の確認に進む")
    press(page, "発出する")
    expect(page.get_by_text("発出しました。")).to_be_visible()


def test_what_is_withdrawn_is_gone_for_its_reader_at_once(
    desk: Callable[..., Page], notice: Notice, village: Organization
) -> None:
    approver, officer = desk(), desk()
    reader = person_at(village)
    sign_in(officer, reader)
    officer.goto(f"/notices/{notice.pk}/")
    heading(officer, "予防接種の実施について")

    sign_in(approver, approver_of(notice.division))
    approver.goto(f"/notices/{notice.pk}/")
    follow(approver, "この通知を取り下げる")
    field(approver, "取下げの理由").fill(REASON)
    picture(approver, "notice-withdrawal")
    press(approver, "取り下げる")
    officer.reload()

    heading(officer, "取り下げられました")
    expect(officer.get_by_text(REASON)).to_be_visible()
    expect(officer.get_by_text("令和８年11月30日")).to_have_count(0)
    picture(officer, "notice-gone")
    picture(approver, "notice-withdrawn")
    approver.get_by_role("link", name="2人（一覧を見る）").click()
    expect(approver.get_by_role("rowheader").filter(has_text=reader.name)).to_be_visible()
    picture(approver, "notice-readers")
