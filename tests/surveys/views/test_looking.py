"""The ways of looking at a survey's questions: preview, flow, likeness."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.states import Level, Role
from surveys.models import Answer, Survey
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.surveys import DOCUMENT, draft_survey, running_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey() -> Survey:
    return draft_survey(OrganizationFactory.create())


@pytest.fixture
def drafter(client: Client, survey: Survey) -> User:
    client.force_login(survey.created_by)
    return survey.created_by


def test_a_preview_shows_what_the_kind_is_asked(
    client: Client, survey: Survey, drafter: User
) -> None:
    page = client.get(f"/surveys/managed/{survey.pk}/preview/?kind=town&prefecture_code=01")

    visible = {section.id: shown for section, shown, _ in page.context["sections"]}
    assert visible == {"s1": True, "s2": False}
    assert page.context["form"].cleaned_data == {
        "kind": "town",
        "prefecture_code": "01",
        "has_health_center": False,
    }


def test_an_address_that_names_no_kind_shows_a_city(
    client: Client, survey: Survey, drafter: User
) -> None:
    page = client.get(f"/surveys/managed/{survey.pk}/preview/?kind=planet&prefecture_code=99")

    assert page.context["form"].cleaned_data["kind"] == "city"


def test_values_typed_in_a_preview_have_their_effect_and_are_not_stored(
    client: Client, survey: Survey, drafter: User
) -> None:
    address = f"/surveys/managed/{survey.pk}/preview/"

    page = client.post(address, {"f-desk": "true", "f-staff": "1001"})

    visible = {section.id: shown for section, shown, _ in page.context["sections"]}
    staff = page.context["sections"][0][2][0]
    assert visible == {"s1": True, "s2": True}
    assert (staff.input.text, staff.input.wrong) == ("1001", True)
    assert not Answer.objects.exists()


def test_plausible_values_could_be_submitted(client: Client, survey: Survey, drafter: User) -> None:
    page = client.post(f"/surveys/managed/{survey.pk}/preview/", {"fill": "1"})

    questions = page.context["sections"][0][2]
    assert questions[0].input.text
    messages = [message for question in questions for message in question.messages]
    assert {message.level.value for message in messages} <= {"warning"}


def test_the_script_of_a_preview_is_told_what_follows(
    client: Client, survey: Survey, drafter: User
) -> None:
    address = f"/surveys/managed/{survey.pk}/preview/evaluation/"

    answer = client.post(address, {"f-desk": "true", "f-cases.new.m": "2", "f-cases.old.m": "3"})

    content = answer.json()
    assert content["visible_sections"] == ["s1", "s2"]
    assert content["questions"]["cases"]["totals"]["columns"]["m"] == "5"
    assert content["questions"]["name"]["visible"] is True


def test_the_flow_tells_who_is_asked_and_why(client: Client, survey: Survey, drafter: User) -> None:
    page = client.get(f"/surveys/managed/{survey.pk}/flow/")

    rows = {row.question.id: row for _, _, rows in page.context["sections"] for row in rows}
    assert rows["desk"].leads_to == [(3, "name"), (7, "cases"), (8, "note"), (9, "plan")]
    assert rows["name"].condition == "「窓口の有無」が「はい」のとき"
    assert {word for _, word in rows["staff"].marks} == {"必ず尋ねる"}
    assert {word for _, word in rows["name"].marks} == {"回答などによる"}


def test_a_questionnaire_without_questions_has_its_pages(client: Client) -> None:
    survey = draft_survey(OrganizationFactory.create())
    survey.revisions.update(document={"sections": [], "rules": []})
    client.force_login(survey.created_by)

    pages = [
        client.get(f"/surveys/managed/{survey.pk}/{name}/")
        for name in ("preview", "flow", "likeness", "burden")
    ]

    assert [page.status_code for page in pages] == [200] * 4
    assert "設問がまだありません" in pages[0].content.decode()


def test_others_see_the_questions_that_were_asked_not_those_in_hand(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    sections = [DOCUMENT["sections"][0] | {"title": "改訂中"}, DOCUMENT["sections"][1]]
    survey.revisions.create(number=2, document={"sections": sections, "rules": []})
    titles = {}
    for name, person in {
        "own": survey.created_by,
        "other": person_at(DivisionFactory.create()),
    }.items():
        client.force_login(person)
        page = client.get(f"/surveys/managed/{survey.pk}/flow/")
        titles[name] = page.context["sections"][0][0].title

    assert titles == {"own": "改訂中", "other": "体制"}


@pytest.mark.parametrize("name", ["preview", "flow"])
def test_an_auditor_sees_the_questions_of_a_draft(
    client: Client, survey: Survey, name: str
) -> None:
    client.force_login(person_at(OrganizationFactory.create(), Role.AUDITOR))

    page = client.get(f"/surveys/managed/{survey.pk}/{name}/")

    assert [section[0].id for section in page.context["sections"]] == ["s1", "s2"]


@pytest.mark.parametrize("name", ["likeness", "burden"])
def test_the_ministry_alone_sees_what_is_meant_for_authors(client: Client, name: str) -> None:
    prefecture = PrefectureFactory.create()
    survey = running_survey(OrganizationFactory.create(prefecture=prefecture))
    client.force_login(person_at(prefecture))

    assert prefecture.level == Level.PREFECTURE
    assert client.get(f"/surveys/managed/{survey.pk}/{name}/").status_code == 403


@pytest.mark.parametrize("name", ["preview", "flow"])
def test_tabs_lead_only_where_the_person_may_go(client: Client, name: str) -> None:
    prefecture = PrefectureFactory.create()
    survey = running_survey(OrganizationFactory.create(prefecture=prefecture))
    labels = {}
    for level, person in {"ministry": survey.created_by, "area": person_at(prefecture)}.items():
        client.force_login(person)
        page = client.get(f"/surveys/managed/{survey.pk}/{name}/")
        labels[level] = [tab["label"] for tab in page.context["tabs"]]

    assert labels == {
        "ministry": ["プレビュー", "設問の流れ", "回答の負担", "似た設問"],
        "area": ["プレビュー", "設問の流れ"],
    }


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("preview", 8), ("flow", 7), ("likeness", 11), ("burden", 15)]
)
def test_looking_costs_the_same_for_one_and_for_three(
    client: Client,
    size: int,
    name: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    question = {"type": "yesno", "label": "窓口の有無", "required": False}
    questions = [question | {"id": f"q{number}"} for number in range(size)]
    survey = running_survey(
        *OrganizationFactory.create_batch(size),
        document={"sections": [{"id": "s", "title": "節", "questions": questions}]},
    )
    client.force_login(survey.created_by)

    with django_assert_num_queries(queries):
        page = client.get(f"/surveys/managed/{survey.pk}/{name}/")

    assert page.status_code == 200
