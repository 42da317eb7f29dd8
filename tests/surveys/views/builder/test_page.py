from typing import Any

import pytest
from django.test import Client

from accounts.states import Role
from surveys.models import QuestionnaireRevision, Survey
from tests.factories.accounts import person_at
from tests.factories.surveys import draft_survey
from tests.surveys.questionnaire.building import SAMPLES, document, number, text
from tests.surveys.views.builder.desk import HTMX, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def test_every_question_is_shown_with_what_it_asks(desk: Desk) -> None:
    page = desk.get("")

    assert page.count("data-card=") == 9
    assert "表示する条件：「窓口の有無」が「はい」のとき" in page
    assert "「職員数」は、2以上であること。" in page


def test_who_only_reads_is_led_to_no_page_of_writers(desk: Desk, client: Client) -> None:
    client.force_login(person_at(desk.survey.division, Role.APPROVER))
    address = f"/surveys/managed/{desk.survey.pk}/"
    ways = ("preview/", "bank/", "templates/", "questionnaire/import/")

    pages = [desk.get(""), client.get(f"{address}questionnaire/").content.decode()]

    assert [[way for way in ways if f'href="{address}{way}"' in page] for page in pages] == [
        [*ways],
        ["preview/"],
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_the_samples_are_shown(sample: dict[str, Any]) -> None:
    desk = Desk(draft_survey(document=sample))

    assert desk.get("").count("data-card=") == sum(len(s["questions"]) for s in sample["sections"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_no_more_for_more_questions(
    count: int, django_assert_num_queries: Any
) -> None:
    questions = [number(f"q{n}") for n in range(count)]
    desk = Desk(draft_survey(document=document(*questions)))
    desk.get("")

    with django_assert_num_queries(8):
        desk.get("")


def test_without_script_a_step_leads_back_to_its_card(desk: Desk) -> None:
    response = desk.step("down staff")

    assert response.status_code == 302
    assert response["Location"].endswith("/questionnaire/#card-staff")
    assert desk.ids() == ["desk", "staff", "name", "form", "ways", "since", "cases", "note", "plan"]


def test_with_script_only_the_questionnaire_comes_back_and_says_what_was_done(desk: Desk) -> None:
    page = desk.step("down staff", headers=HTMX).content.decode()

    assert page.strip().startswith('<div id="builder" data-focus="down-staff">')
    assert "設問「職員数」を、節「体制」の6問中2番目に移動しました。" in page


def test_a_new_question_opens_for_writing(desk: Desk) -> None:
    response = desk.step("add s1 text staff")
    inside = desk.step("add s2 number -", headers=HTMX).content.decode()

    assert response["Location"] == f"{desk.address}questions/q1/"
    assert desk.ids()[:2] == ["staff", "q1"]
    assert 'id="form-q2"' in inside


def test_steps_can_be_taken_back(desk: Desk) -> None:
    desk.step("duplicate staff")
    desk.step("undo")
    assert desk.ids()[:2] == ["staff", "desk"]

    desk.step("redo")
    assert desk.ids()[:2] == ["staff", "q1"]


def test_what_can_not_be_done_is_told(desk: Desk) -> None:
    response = desk.step("remove staff", follow=True)
    inside = desk.step("down desk", headers=HTMX).content.decode()

    assert "設問「職員数」は、次から参照されているため削除できません" in response.content.decode()
    assert "後にある設問「窓口の有無」を参照しています" in inside
    assert desk.revision().edit == 0


def test_an_old_page_is_told_who_was_faster(desk: Desk) -> None:
    desk.step("duplicate staff")
    desk.step("undo")

    page = desk.step("redo", edit=5, headers=HTMX).content.decode()

    assert "調査票を変更しました" in page


@pytest.mark.parametrize(
    "do", ["", "up", "up staff desk", "fly staff", "add s1 image -", "add s1 x -", "retype staff x"]
)
def test_words_that_no_button_sends_are_not_found(desk: Desk, do: str) -> None:
    assert desk.step(do).status_code == 404


def test_sections_are_named(desk: Desk) -> None:
    sent = {"title": "組織", "help": "基準日は４月１日", "revision": "0"}

    response = desk.post("sections/s1/", sent)

    section = desk.revision().document["sections"][0]
    assert response.status_code == 302
    assert (section["title"], section["help"]) == ("組織", "基準日は４月１日")


def test_a_section_named_by_another_shows_both(desk: Desk) -> None:
    desk.post("sections/s1/", {"title": "組織", "revision": "0"})

    response = desk.post("sections/s1/", {"title": "人員", "revision": "0", "mark": "old"})

    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="人員"' in page
    assert "現在の内容（ほかの人が保存）：組織" in page


def test_what_is_not_being_prepared_is_only_shown() -> None:
    desk = Desk(draft_survey(document=document(text("q1"))))
    Survey.objects.filter(pk=desk.survey.pk).update(state="in_review")

    page = desk.get("")

    assert "この調査票は、いま変更できません" in page
    assert 'name="do"' not in page
    assert QuestionnaireRevision.objects.get(survey=desk.survey).edit == 0


def test_the_types_are_offered(desk: Desk) -> None:
    page = desk.get("new/?section=s1&after=staff")
    retyping = desk.get("new/?retyped=staff")

    assert 'value="add s1 dynamic_table staff"' in page
    assert 'value="retype staff dynamic_table"' in retyping


def test_a_question_that_is_gone_is_not_found(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.survey.created_by)

    assert client.get(f"{desk.address}questions/q99/").status_code == 404
    assert client.get(f"{desk.address}sections/s99/").status_code == 404
