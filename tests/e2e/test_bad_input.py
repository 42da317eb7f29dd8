"""What can't be taken is said in Japanese where it was typed, and changes nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from notices.models import Attachment, Notice
from surveys.models import Answer, Assignment
from tests.e2e.pages import field, press
from tests.e2e.people import sign_in
from tests.e2e.survey_steps import SAVED, question
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.notices import a_draft, drafter_of
from tests.factories.surveys import answer, assignment

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LONG = "あ" * 40_000


@pytest.fixture
def asked() -> Assignment:
    """An assignment whose second section is visible."""
    asked = assignment()
    answer(asked, person_at(asked.organization), desk="true")
    return asked


def open_section(page: Page, asked: Assignment, section: str) -> None:
    sign_in(page, person_at(asked.organization))
    page.goto(f"/surveys/assignments/{asked.pk}/sections/{section}/")


def test_the_manuscript_names_what_it_refuses_and_keeps_what_was_typed(
    desk: Callable[..., Page],
) -> None:
    page = desk()
    sign_in(page, drafter_of(DivisionFactory.create()))
    page.goto("/notices/new/")
    field(page, "件名").fill("調査\x07について")
    field(page, "発出日").fill("令和8年2月30日")
    field(page, "本文").fill(LONG)

    press(page, "下書きを保存する")

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("件名：使用できない制御文字（U+0007）が含まれています。")
    expect(summary).to_contain_text("発出日：日付は「令和8年11月23日」「R8.11.23」")
    expect(summary).to_contain_text("本文：")
    expect(summary).to_contain_text("20000")
    expect(field(page, "本文")).to_have_value(LONG)
    assert not Notice.objects.exists()


def test_a_file_that_is_not_what_it_says_is_not_attached(desk: Callable[..., Page]) -> None:
    division = DivisionFactory.create()
    drafter = drafter_of(division)
    notice = a_draft(division=division, by=drafter)
    page = desk()
    sign_in(page, drafter)
    page.goto(f"/notices/{notice.pk}/attachments/")
    liar = FilePayload(name="別紙.pdf", mimeType="application/pdf", buffer=b"MZ\x90\x00program")

    field(page, "ファイル").set_input_files([liar])
    press(page, "添付する")

    expect(page.get_by_role("alert")).to_contain_text(
        "「別紙.pdf」の中身が、拡張子（.pdf）の示す種類と違います。"
    )
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("備考\x07", "使用できない制御文字（U+0007）が含まれているため保存できません。"),
        (LONG, "文字数が多すぎるため保存できません（上限20,000文字）。"),
    ],
)
def test_autosave_says_what_can_not_be_kept_and_leaves_it_on_the_page(
    desk: Callable[..., Page], asked: Assignment, typed: str, message: str
) -> None:
    page = desk()
    open_section(page, asked, "s2")

    question(page, "備考").fill(typed)
    page.keyboard.press("Tab")

    expect(page.get_by_text(message)).to_be_visible()
    expect(question(page, "備考")).to_have_value(typed)
    assert not Answer.objects.filter(field="note").exists()


def test_a_wrong_number_is_explained_in_place_until_it_is_mended(
    desk: Callable[..., Page], asked: Assignment
) -> None:
    page = desk()
    open_section(page, asked, "s1")

    question(page, "職員数").fill("三人")
    page.keyboard.press("Tab")
    complaint = page.locator("#messages-staff").get_by_text("エラー：数字で入力してください。")
    expect(complaint).to_be_visible()
    expect(question(page, "職員数")).to_have_attribute("aria-invalid", "true")

    question(page, "職員数").fill("３人")
    page.keyboard.press("Tab")
    expect(complaint).to_have_count(0)
    expect(page.locator("#save-state")).to_have_text(SAVED)
    assert Answer.objects.get(field="staff").value == 3


def test_two_people_in_one_answer_decide_whose_stays(
    desk: Callable[..., Page], asked: Assignment
) -> None:
    one, other = desk(), desk()
    open_section(one, asked, "s1")
    open_section(other, asked, "s1")
    question(one, "窓口の名称").fill("相談室")
    one.keyboard.press("Tab")
    expect(one.locator("#save-state")).to_have_text(SAVED)

    question(other, "窓口の名称").fill("総合窓口")
    other.keyboard.press("Tab")

    conflict = other.get_by_role("alert").filter(has_text="先に保存しました。")
    expect(conflict).to_contain_text("相談室")
    expect(conflict).to_contain_text("総合窓口")
    assert Answer.objects.get(field="name").value == "相談室"
    press(other, "こちらで上書きする")
    expect(conflict).to_have_count(0)
    expect(other.locator("#save-state")).to_have_text(SAVED)
    assert Answer.objects.get(field="name").value == "総合窓口"
