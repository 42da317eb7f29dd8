"""The second chapter: a survey is answered, submitted, compiled and read."""

import re

from playwright.sync_api import Page, expect

from surveys.models import Assignment, Survey
from tests.e2e import survey_steps as steps
from tests.e2e.answers import CELLS, MANUAL, SECTIONS
from tests.e2e.pages import cells_of, choice, follow, go, heading, picture
from tests.e2e.people import sign_in
from tests.e2e.survey_steps import question
from tests.e2e.workbooks import answers_of, by_calamine, by_openpyxl, formulas
from tests.e2e.world import YOKOHAMA, World, listed

HEADS = 2  # a row of ids and a row of labels
READY = "発災後３時間以内に参集できる保健師の見込み数"
TOO_MANY = "参集できる保健師の見込み数が、保健師の総数を超えています。"
NOBODY = "参集できる保健師が０人と入力されています。"


def tell(world: World, survey: Survey, *, officer: Page, owner: Page) -> None:
    """Answer section by section, submit, compile, and compare the workbook with what was typed."""
    go(officer, "回答する調査")
    picture(officer, "survey-assignments")
    follow(officer, survey.title)
    picture(officer, "survey-assignment")
    follow(officer, "回答者")
    answer_all(officer)
    review(officer)
    receipt = hand_in(officer)
    sign_in(owner, world.owner)
    workbook = compile_and_download(owner, survey)
    assert_holds(workbook, receipt)


def answer_all(page: Page) -> None:
    for title, entries in SECTIONS.items():
        heading(page, title)
        if title == "人員":
            change_minds(page)
        steps.answer(page, entries)
        if title == "人員":
            see_totals(page)
        if entries:
            picture(page, f"survey-section-{title}")
        steps.next_section(page, last=title == "その他")


def change_minds(page: Page) -> None:
    """A question appears and vanishes with what was typed in it; a rule speaks at its place."""
    choice(page, "退職した保健師等に協力を求める仕組みがありますか。", "はい").check()
    question(page, "登録者数").fill("5")
    choice(page, "退職した保健師等に協力を求める仕組みがありますか。", "いいえ").check()
    expect(question(page, "登録者数")).to_have_count(0)
    steps.cell(page, "保健師", "常勤").fill("12")
    question(page, READY).fill("20")
    page.keyboard.press("Tab")
    expect(page.get_by_text(TOO_MANY).first).to_be_visible()
    picture(page, "survey-rule-broken")


def see_totals(page: Page) -> None:
    """Rows, columns and the whole, computed while typing; the mended rule is silent again."""
    totals = page.get_by_role("group", name="活動に従事できる専門職の数").locator("[data-total]")
    expect(totals).to_have_text(["15", "2", "1", "0", "5", "19", "4", "23"])
    expect(page.get_by_text(TOO_MANY)).to_have_count(0)
    expect(page.get_by_text(NOBODY).first).to_be_visible()


def review(page: Page) -> None:
    """Everything on one page, as it was understood."""
    heading(page, "回答の確認")
    for shown in ("令和６年４月１日（月）", "1,250か所", "480人", MANUAL["name"], "（空欄）"):
        expect(page.get_by_role("main").get_by_text(shown).first).to_be_visible()
    expect(page.get_by_text("登録者数")).to_have_count(0)
    picture(page, "survey-review")


def hand_in(page: Page) -> str:
    """Submit and return the receipt's number."""
    steps.explain_and_submit(page)
    heading(page, "提出の控え")
    picture(page, "survey-receipt")
    number = Assignment.objects.get(organization__code=YOKOHAMA).receipt_number
    assert number
    assert re.fullmatch(rf"\d{{4}}-\d{{4}}-{YOKOHAMA}", number)
    expect(page.get_by_text(number)).to_be_visible()
    return number


def compile_and_download(page: Page, survey: Survey) -> bytes:
    go(page, "調査の状況")
    picture(page, "survey-list")
    follow(page, survey.title)
    in_kanagawa = listed(prefecture="神奈川県")
    rate = f"{100 / in_kanagawa:.1f}%"
    asked = str(in_kanagawa)
    standings = ["1", "0", "0", str(in_kanagawa - 1), "0"]
    assert cells_of(page, "神奈川県") == [asked, *standings, rate]
    picture(page, "survey-progress")
    steps.compile_answers(page, survey.title, asked=listed())
    picture(page, "survey-compilation")
    name, workbook = steps.download_workbook(page)
    assert name.startswith(survey.title)
    assert name.endswith(".xlsx")
    return workbook


def assert_holds(workbook: bytes, receipt: str) -> None:
    """Each value typed stands in its column, read by two programs; nobody else has answered."""
    for read in (by_openpyxl, by_calamine):
        rows = read(workbook, "回答一覧")
        row = answers_of(rows, YOKOHAMA)
        assert {key: row[key] for key in CELLS} == CELLS
        assert (row["#name"], row["#state"], row["#receipt"]) == ("横浜市", "提出済み", receipt)
        assert set(rows[0]) == {*row, *CELLS}
        assert answers_of(rows, "132012")["f_dept"] is None
        assert len(rows) == HEADS + listed()
        assert len(read(workbook, "未回答")) == HEADS + listed() - 1
    assert list(formulas(workbook)) == []
