import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.surveys import (
    assignment_of,
    draft_survey,
    running_survey,
    submitted,
    survey_in_review,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    division = DivisionFactory.create()
    for _ in range(size):
        running_survey(OrganizationFactory.create(), division=division)
    client.force_login(person_at(division))

    with django_assert_num_queries(10):
        response = client.get("/surveys/managed/")

    assert len(response.context["rows"]) == size


def test_the_list_tells_the_five_numbers_of_each_survey(client: Client) -> None:
    villages = OrganizationFactory.create_batch(3)
    survey = running_survey(*villages, due_on=timezone.localdate() - timedelta(days=1))
    submitted(assignment_of(survey, villages[0]))
    client.force_login(survey.created_by)

    response = client.get("/surveys/managed/")

    cells = re.findall(r'data-label="([^"]+)">([^<]+)<', response.text)
    assert cells[-7:] == [
        ("依頼", "3"),
        ("提出済み", "1"),
        ("該当なし", "0"),
        ("回答中", "0"),
        ("未着手", "2"),
        ("期限超過", "2"),
        ("提出率", "33.3%"),
    ]


@pytest.mark.parametrize("size", [1, 3])
def test_the_status_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = running_survey(*OrganizationFactory.create_batch(size))
    client.force_login(survey.created_by)

    with django_assert_num_queries(14):
        response = client.get(f"/surveys/managed/{survey.pk}/")

    assert len(response.context["prefectures"]) == size


def test_rates_are_limited_to_the_own_area(client: Client) -> None:
    bureau = RegionalBureauFactory.create()
    own, other = PrefectureFactory.create(regional_bureau=bureau), PrefectureFactory.create()
    villages = OrganizationFactory.create_batch(2, prefecture=own)
    foreign = OrganizationFactory.create(prefecture=other)
    survey = running_survey(*villages, foreign)
    submitted(assignment_of(survey, villages[0]))
    submitted(assignment_of(survey, foreign))
    rates = {}

    for name, person in {
        "ministry": survey.created_by,
        "bureau": person_at(bureau),
        "prefecture": person_at(own),
    }.items():
        client.force_login(person)
        total = client.get(f"/surveys/managed/{survey.pk}/").context["total"]
        ((_, counts),) = client.get("/surveys/managed/").context["rows"]
        rates[name] = (total["submitted"], total["asked"], counts["submitted"], counts["asked"])

    assert rates == {"ministry": (2, 3, 2, 3), "bureau": (1, 2, 1, 2), "prefecture": (1, 2, 1, 2)}


def test_rates_are_drawn_by_prefecture_and_by_kind(client: Client) -> None:
    first, second = (PrefectureFactory.create(code=code) for code in ("130001", "140007"))
    villages = [OrganizationFactory.create(prefecture=place) for place in (first, first, second)]
    survey = running_survey(*villages, first)
    submitted(assignment_of(survey, villages[0]))
    client.force_login(survey.created_by)

    page = client.get(f"/surveys/managed/{survey.pk}/?sort=share").context

    drawn = {tile.name: tile.full_text for tile in page["chart"].map.tiles if tile.step}
    assert drawn == {"東京": "33.3%", "神奈川": "0.0%"}
    assert [row["code"] for row in page["prefectures"]] == ["14", "13"]
    assert [(bar.label, bar.text) for bar in page["bars"].bars] == [
        ("都道府県", "0.0%"),
        ("村", "33.3%"),
    ]


def test_a_municipality_has_nothing_to_follow(client: Client) -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    client.force_login(person_at(village))

    paths = ["/surveys/managed/", f"/surveys/managed/{survey.pk}/"]

    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert client.post(f"/surveys/managed/{survey.pk}/compilations/").status_code == 404


def test_a_draft_of_another_division_is_not_found(client: Client) -> None:
    survey = draft_survey()
    client.force_login(person_at(DivisionFactory.create()))

    assert client.get(f"/surveys/managed/{survey.pk}/").status_code == 404
    client.force_login(survey.created_by)
    assert client.get(f"/surveys/managed/{survey.pk}/").status_code == 200


def test_the_list_names_what_waits_for_the_persons_approval(client: Client) -> None:
    survey = survey_in_review(OrganizationFactory.create())
    survey_in_review(OrganizationFactory.create())

    client.force_login(person_at(survey.division, Role.APPROVER))
    decides = client.get("/surveys/managed/").context["waiting"]
    client.force_login(person_at(survey.division, Role.DRAFTER))
    drafts = client.get("/surveys/managed/").context["waiting"]

    assert (list(decides), list(drafts)) == ([survey], [])
