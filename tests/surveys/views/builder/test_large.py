"""The builder of a survey of 300 questions in 20 sections: one part stands open at a time."""

import re
from typing import Any

import pytest

from surveys.views.builder.opened import MOST_WHOLE
from tests.factories.stress import stress_questionnaire
from tests.factories.surveys import draft_survey
from tests.surveys.questionnaire.building import document, number, text
from tests.surveys.views.builder.desk import HTMX, Desk

pytestmark = pytest.mark.django_db
HEAVIEST = 120_000  # bytes of a page


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey(document=stress_questionnaire()))


def shown(page: str) -> list[str]:
    """The ids of the questions whose cards are on the page."""
    return re.findall(r'data-card="([^"]+)"', page)


def cards_of(desk: Desk, number: int) -> list[str]:
    section = desk.revision().document["sections"][number]
    return [question["id"] for question in section["questions"]]


def test_the_first_section_stands_open_and_leads_to_the_others(desk: Desk) -> None:
    page = desk.get("")

    assert shown(page) == cards_of(desk, 0)
    assert len(page.encode()) < HEAVIEST
    assert re.findall(r'id="open-(\w+)" href="[^"]+\?at=([\w.]+)#', page) == [
        *((f"s{number}", f"s{number}") for number in range(1, 20)),
        ("rules", ".rules"),
    ]


@pytest.mark.parametrize("about", ["s7", "s7-staff"])
def test_the_section_of_what_an_address_names_stands_open(desk: Desk, about: str) -> None:
    assert shown(desk.get(f"?at={about}")) == cards_of(desk, 7)


@pytest.mark.parametrize("about", [".rules", "s3-most"])
def test_the_rules_stand_open_by_themselves(desk: Desk, about: str) -> None:
    page = desk.get(f"?at={about}")

    assert shown(page) == []
    assert page.count("rule-remove") == 62


def test_what_is_nowhere_leads_to_the_first_section(desk: Desk) -> None:
    assert shown(desk.get("?at=s99")) == cards_of(desk, 0)


def test_a_small_survey_is_shown_whole() -> None:
    questions = [text(f"q{number}") for number in range(MOST_WHOLE)]
    desk = Desk(draft_survey(document=document(*questions)))

    whole = desk.get("")
    desk.step("duplicate q0")

    assert len(shown(whole)) == MOST_WHOLE
    assert 'name="at"' not in whole
    assert 'name="at"' in desk.get("")


def test_a_step_opens_the_section_in_which_something_changed(desk: Desk) -> None:
    answers = [
        desk.step("duplicate s7-staff", headers=HTMX),
        desk.step("undo", headers=HTMX),
        desk.step("rule-remove s3-most", headers=HTMX),
    ]

    address = desk.address
    assert [answer["HX-Replace-Url"] for answer in answers] == [
        f"{address}?at=s7",
        f"{address}?at=s7",
        f"{address}?at=.rules",
    ]
    assert [len(shown(answer.content.decode())) for answer in answers] == [16, 15, 0]


def test_a_refusal_leaves_open_what_was(desk: Desk) -> None:
    sent = {"do": "remove s3-staff", "revision": 0, "at": "s5"}

    page = desk.post("steps/", sent, headers=HTMX).content.decode()

    assert "参照されているため削除できません" in page
    assert shown(page) == cards_of(desk, 5)


def test_without_script_a_step_leads_to_the_open_section(desk: Desk) -> None:
    response = desk.step("down s7-staff")

    assert response["Location"] == f"{desk.address}?at=s7#card-s7-staff"


@pytest.mark.parametrize("questions", [1, 300])
def test_a_step_asks_the_database_no_more_for_more_questions(
    questions: int, django_assert_num_queries: Any
) -> None:
    asked = document(number("s0-staff")) if questions == 1 else stress_questionnaire()
    desk = Desk(draft_survey(document=asked))
    desk.step("duplicate s0-staff")

    with django_assert_num_queries(20):
        desk.post("steps/", {"do": "duplicate s0-staff", "revision": 1}, headers=HTMX)


@pytest.mark.parametrize("at", ["", "s12", ".rules"])
def test_the_page_asks_the_database_no_more_for_more_questions(
    desk: Desk, at: str, django_assert_num_queries: Any
) -> None:
    desk.get("")

    with django_assert_num_queries(8):
        desk.get(f"?at={at}")
