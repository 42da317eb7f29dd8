from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Division
from surveys.models import BankQuestion, Survey
from surveys.questionnaire import parse_questionnaire
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.surveys import draft_survey, running_survey
from tests.surveys.views.builder.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def bank(desk: Desk, query: str = "") -> Any:
    return desk.client.get(f"/surveys/managed/{desk.survey.pk}/bank/{query}")


def asked_by(division: Division, label: str) -> Survey:
    question = {"id": "q7", "type": "yesno", "label": label, "required": True}
    document = {"sections": [{"id": "s", "title": "節", "questions": [question]}]}
    return running_survey(OrganizationFactory.create(), division=division, document=document)


def kept(division: Division, label: str, **fields: Any) -> BankQuestion:
    survey = draft_survey(division=division)
    desk = Desk(survey)
    sent = {"question": "staff", "definition": "4月1日現在", **fields}
    desk.client.post(f"/surveys/managed/{survey.pk}/bank/keeping/", sent)
    BankQuestion.objects.filter(division=division).update(label=label, folded=label)
    return BankQuestion.objects.get(division=division)


def test_the_own_division_s_earlier_questions_are_offered(desk: Desk) -> None:
    asked_by(desk.survey.division, "保健師の数")
    asked_by(DivisionFactory.create(), "他の課の設問")

    offers = bank(desk).context["offers"]

    assert [(o.question["label"], o.source) for o in offers] == [("保健師の数", "相談体制の調査")]


def test_words_narrow_what_is_offered(desk: Desk) -> None:
    asked_by(desk.survey.division, "保健師の数")
    asked_by(desk.survey.division, "避難所の数")

    offers = bank(desk, "?q=ﾋﾅﾝ所 避難所").context["offers"]
    found = bank(desk, "?q=避難所 数").context["offers"]

    assert offers == []
    assert [o.question["label"] for o in found] == ["避難所の数"]


@pytest.mark.parametrize(("shared", "count"), [({"shared": "on"}, 1), ({}, 0)])
def test_what_others_keep_is_offered_when_they_share_it(
    desk: Desk, shared: dict[str, str], count: int
) -> None:
    kept(DivisionFactory.create(), "職員数", **shared)

    offers = bank(desk).context["offers"]

    assert [o.definition for o in offers] == ["4月1日現在"] * count


def test_a_question_taken_over_gets_a_new_id_and_keeps_no_ties(desk: Desk) -> None:
    earlier = asked_by(desk.survey.division, "保健師の数")
    before = desk.ids()
    [offer] = bank(desk).context["offers"]
    sent = {"offer": offer.key, "section": "s2", "revision": desk.revision().edit}

    response = desk.client.post(f"/surveys/managed/{desk.survey.pk}/bank/taking/", sent)

    [taken] = [question_id for question_id in desk.ids() if question_id not in before]
    assert earlier.pk != desk.survey.pk
    assert response.status_code == 302
    assert desk.ids()[-1] == taken
    assert desk.question(taken) == {
        "id": taken,
        "type": "yesno",
        "label": "保健師の数",
        "required": True,
    }
    assert parse_questionnaire(desk.revision().document).question(taken).label == "保健師の数"


@pytest.mark.parametrize(
    "key", ["asked-0", "bank-99", "planet-1", "", "asked-x", f"asked-{10**30}"]
)
def test_what_is_not_offered_can_not_be_taken(desk: Desk, key: str) -> None:
    before = desk.revision().document

    sent = {"offer": key, "section": "s1", "revision": 0}
    response = desk.client.post(f"/surveys/managed/{desk.survey.pk}/bank/taking/", sent)

    assert response.status_code == 404
    assert desk.revision().document == before


@pytest.mark.parametrize("size", [1, 3])
def test_the_bank_costs_the_same_for_one_and_for_three(
    desk: Desk, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(size):
        asked_by(desk.survey.division, f"設問{number}")

    with django_assert_num_queries(9):
        page = bank(desk)

    assert len(page.context["offers"]) == size
