"""Pressing twice, or in two windows, has one effect and a calm answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from notices.models import Notice
from onepublic.audit.models import AuditEvent
from surveys.models import Assignment
from tests.e2e.pages import field, press
from tests.e2e.people import sign_in
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import a_draft, drafter_of, published
from tests.factories.surveys import COMPLETE, answer, assignment

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OVERTAKEN = "この画面を開いたあとに、この通知が変更されました。"


def two_windows(page: Page, address: str) -> list[Page]:
    """The same page in two windows of one browser."""
    windows = [page, page.context.new_page()]
    for window in windows:
        window.goto(address)
    return windows


def test_a_double_click_and_a_second_window_acknowledge_once(desk: Callable[..., Page]) -> None:
    village = OrganizationFactory.create()
    notice = published(to=[village])
    page = desk()
    sign_in(page, person_at(village))
    first, second = two_windows(page, f"/notices/{notice.pk}/")

    first.get_by_role("button", name="確認済みにする").dblclick()
    expect(first.get_by_text("確認済みにしました。")).to_be_visible()
    press(second, "確認済みにする")

    expect(second.get_by_text("この通知は、すでに確認済みです。")).to_be_visible()
    assert AuditEvent.objects.filter(action__endswith="acknowledged").count() == 1


def test_a_double_click_and_a_second_window_submit_once(desk: Callable[..., Page]) -> None:
    asked = assignment()
    officer = person_at(asked.organization)
    answer(asked, officer, **COMPLETE)
    page = desk()
    sign_in(page, officer)
    first, second = two_windows(page, f"/surveys/assignments/{asked.pk}/review/")

    first.get_by_role("button", name="提出する").dblclick()
    expect(first.get_by_role("heading", level=1)).to_have_text("提出の控え")
    press(second, "提出する")

    number = Assignment.objects.get().receipt_number or ""
    for window in (first, second):
        expect(window.get_by_text(number, exact=True)).to_be_visible()
    assert AuditEvent.objects.filter(action="assignment.submitted").count() == 1


def test_the_second_window_keeps_its_text_and_overwrites_only_on_purpose(
    desk: Callable[..., Page],
) -> None:
    division = DivisionFactory.create()
    drafter = drafter_of(division)
    notice = a_draft(division=division, by=drafter)
    page = desk()
    sign_in(page, drafter)
    first, second = two_windows(page, f"/notices/{notice.pk}/edit/")
    field(first, "件名").fill("先に保存した件名")
    press(first, "保存する")
    expect(first.get_by_text("保存しました。")).to_be_visible()

    field(second, "件名").fill("後から書いた件名")
    press(second, "保存する")

    expect(second.get_by_role("alert")).to_contain_text(OVERTAKEN)
    expect(field(second, "件名")).to_have_value("後から書いた件名")
    assert title_of(notice) == "先に保存した件名"
    press(second, "保存する")
    expect(second.get_by_role("heading", level=1)).to_have_text("後から書いた件名")


def title_of(notice: Notice) -> str:
    return str(notice.versions.get().title)
