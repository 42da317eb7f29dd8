"""A survey of 300 questions in 20 sections, written through the builder: a section by hand, the
rest by duplicating questions and sections, as officials do.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from surveys.models import QuestionnaireRevision
from tests.factories.surveys import draft_survey
from tests.surveys.browser.test_building_a_sample import Writer, by_place
from tests.surveys.questionnaire.building import Json, number, rule, single, text, yesno

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SECTIONS, COPIES = 20, 3
RENAMED = 7


def wanted_section(place: int) -> Json:
    """Five questions three times; all numbers are asked where the first one says yes."""
    if_yes = {"q": f"yes{place}-0", "op": "eq", "value": True}
    kinds: list[tuple[str, Callable[..., Json], Json]] = [
        ("yes", yesno, {}),
        ("staff", number, {"visible_if": if_yes, "required": True}),
        ("form", single, {}),
        ("name", text, {"help": "正式な名称"}),
        ("cases", number, {"unit": "件"}),
    ]
    questions = [
        make(f"{name}{place}-{copy}", **{"label": name, **more})
        for name, make, more in kinds
        for copy in range(COPIES)
    ]
    return {"id": f"s{place}", "title": "体制と実績", "questions": questions}


def wanted() -> Json:
    places = range(1, SECTIONS + 1)
    sections = [wanted_section(place) for place in places]
    sections[RENAMED - 1]["title"] = "第七の節"
    most = {"const": 500}
    rules = [rule({"q": f"cases{place}-0"}, "le", most, id=f"r{place}") for place in places]
    return {"sections": sections, "rules": rules}


def test_300_questions_are_written_through_the_builder(
    live_server: LiveServer, browser_page: Page
) -> None:
    survey = draft_survey()
    revisions = QuestionnaireRevision.objects.filter(survey=survey)
    revisions.update(document={"sections": [], "rules": []})
    writer, page, asked = Writer(live_server, browser_page, survey), browser_page, wanted()
    first = asked["sections"][0]

    writer.section(1, first)
    for place in range(0, len(first["questions"]), COPIES):
        writer.question(1, first["questions"][place])
    for original in range(1, 6):
        for _ in range(COPIES - 1):
            writer.press(page.locator(f"button[value='duplicate q{original}']"))
    writer.rule(asked["rules"][0])
    for section in range(1, SECTIONS):
        writer.press(page.locator(f"button[value='section-duplicate s{section}']"))
    page.locator("#outline").get_by_role("link", name="体制と実績").nth(RENAMED - 1).click()
    expect(page.locator(f"#outline li:nth-child({RENAMED}) a")).to_have_attribute(
        "aria-current", "true"
    )
    expect(page.locator("[data-card]")).to_have_count(15)
    writer.press(page.locator(f"#edit-s{RENAMED}"))
    form = page.locator(f"#form-s{RENAMED}")
    form.locator("[name=title]").fill("第七の節")
    writer.press(form.get_by_role("button", name="保存して閉じる"))
    moved = page.locator("[data-card] button[value^='down ']").nth(1)
    writer.press(moved)
    writer.press(page.locator("#undo"))

    expect(page.locator("[data-card]")).to_have_count(15)
    assert by_place(revisions.get().document) == by_place(asked)
