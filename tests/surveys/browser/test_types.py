"""The newer types of questions in a browser: by keyboard alone, saved as they are typed."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.face.axe import violations
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment
from tests.surveys.browser.desk import Desk
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import number

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

OPTIONS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]
ROWS = [{"id": "r1", "label": "朝"}, {"id": "r2", "label": "夜"}]
QUESTIONS = [
    {"id": "scale", "type": "scale", "label": "満足度", "required": True, "min": 1, "max": 5},
    {"id": "rank", "type": "ranking", "label": "順位", "required": True, "options": OPTIONS},
    {
        "id": "grid",
        "type": "matrix",
        "label": "分野",
        "required": True,
        "rows": ROWS,
        "options": OPTIONS,
    },
    {
        "id": "list",
        "type": "dynamic_table",
        "label": "施設",
        "required": True,
        "max_rows": 3,
        "columns": [
            {"id": "k", "label": "種類", "type": "single", "options": OPTIONS},
            {"id": "n", "label": "定員", "type": "number", "min": 0, "decimals": 0},
        ],
    },
    {
        "id": "sum",
        "type": "calculated",
        "label": "定員の合計",
        "required": False,
        "formula": {"col_sum": ["list", "n"]},
        "unit": "人",
        "decimals": 0,
    },
    {"id": "place", "type": "organization", "label": "連携先", "required": False},
]


def desk_asked(live_server: LiveServer, page: Page, questions: list[dict[str, object]]) -> Desk:
    document = {"sections": [{"id": "s1", "title": "節", "questions": questions}]}
    return Desk(live_server, page, assignment(document=document))


def test_every_type_is_accessible(live_server: LiveServer, browser_page: Page) -> None:
    shown = [number("n1")] + [question for question in ALL_NEW if question["type"] != "image"]
    desk = desk_asked(live_server, browser_page, shown)
    found = {}
    desk.open()
    for width in (320, 768, 1280):
        browser_page.set_viewport_size({"width": width, "height": 900})
        found[width] = violations(browser_page)

    assert found == {320: [], 768: [], 1280: []}


def test_a_whole_survey_is_answered_by_keyboard(
    live_server: LiveServer, browser_page: Page
) -> None:
    OrganizationFactory.create(code="011002", name="札幌村")
    desk = desk_asked(live_server, browser_page, QUESTIONS)
    desk.open()
    keyboard = browser_page.keyboard
    browser_page.get_by_label("4", exact=True).focus()

    keyboard.press("Space")
    browser_page.get_by_label("1位").focus()
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    for row in ("朝", "夜"):
        browser_page.get_by_role("radio", name=f"{row} 乙").focus()
        keyboard.press("Space")
    browser_page.get_by_role("combobox", name="1行目 種類").focus()
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.type("12")
    browser_page.get_by_role("button", name="行を追加").focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.type("30")
    browser_page.get_by_label("連携先").focus()
    keyboard.type("011002")
    keyboard.press("Tab")

    expect(browser_page.locator("[data-calculated]")).to_have_text("42人")
    desk.expect_state("保存しました")
    assert desk.stored() == {
        "scale": 4,
        "rank": ["b", "a"],
        "grid.r1": "b",
        "grid.r2": "b",
        "list.1.k": "a",
        "list.1.n": 12,
        "list.3.n": 30,
        "sum": 42,
        "place": "011002",
    }
