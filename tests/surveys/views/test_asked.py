from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.querysets import OUTSIDE_PREFECTURES
from accounts.states import Kind
from surveys.models import Assignment, Survey
from surveys.standings import Standing
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
    window_of,
)
from tests.factories.surveys import (
    answer,
    assignment_of,
    draft_survey,
    running_survey,
    submitted,
)

pytestmark = pytest.mark.django_db


def shown(client: Client, survey: Survey, **query: str) -> list[Organization]:
    context = client.get(f"/surveys/managed/{survey.pk}/organizations/", query).context
    return [line.assignment.organization for line in context["lines"]]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    villages = OrganizationFactory.create_batch(size)
    survey = running_survey(*villages)
    for village in villages:
        window_of(village)
    client.force_login(survey.created_by)

    with django_assert_num_queries(12):
        response = client.get(f"/surveys/managed/{survey.pk}/organizations/")

    assert len(response.context["lines"]) == size


def test_each_count_of_the_page_leads_to_its_list(client: Client) -> None:
    villages = OrganizationFactory.create_batch(4)
    survey = running_survey(*villages, due_on=timezone.localdate() - timedelta(days=1))
    submitted(assignment_of(survey, villages[0]))
    answer(assignment_of(survey, villages[1]), person_at(villages[1]), staff="1")
    client.force_login(survey.created_by)

    page = client.get(f"/surveys/managed/{survey.pk}/")
    counts = {state: count for state, _, count in page.context["figures"]}
    lists = {state: shown(client, survey, state=state) for state in counts}

    assert {state: len(places) for state, places in lists.items()} == counts
    assert lists == {
        "answered": [villages[0]],
        "not_applicable": [],
        "working": [villages[1]],
        "not_started": villages[2:],
        "overdue": villages[1:],
    }
    links = [f'href="/surveys/managed/{survey.pk}/organizations/?state={each}"' for each in counts]
    assert [link in page.text for link in links] == [True] * len(links)


def test_filters_narrow_together(client: Client) -> None:
    first, second = PrefectureFactory.create_batch(2)
    village, done = OrganizationFactory.create_batch(2, prefecture=first)
    city = OrganizationFactory.create(prefecture=first, kind=Kind.CITY)
    elsewhere = OrganizationFactory.create(prefecture=second)
    bureau = RegionalBureauFactory.create()
    survey = running_survey(village, done, city, elsewhere, bureau)
    submitted(assignment_of(survey, done))
    Assignment.objects.filter(organization=elsewhere).update(
        extended_to=timezone.localdate() - timedelta(days=1)
    )
    client.force_login(survey.created_by)
    of_first = {"prefecture": first.prefecture_code}

    assert shown(client, survey, **of_first) == [village, done, city]
    assert shown(client, survey, **of_first, kind=Kind.VILLAGE) == [village, done]
    assert shown(client, survey, **of_first, kind=Kind.VILLAGE, state=Standing.OWING) == [village]
    assert shown(client, survey, overdue="1") == [elsewhere]
    assert shown(client, survey, overdue="1", **of_first) == []
    assert shown(client, survey, prefecture=OUTSIDE_PREFECTURES) == [bureau]
    assert shown(client, survey, prefecture="'; --") == []
    everything = [village, done, city, elsewhere, bureau]
    assert shown(client, survey, state="x", kind="x", overdue="x", prefecture="\x07") == everything


def test_a_prefecture_sees_its_own_area_only(client: Client) -> None:
    own, other = PrefectureFactory.create_batch(2)
    village, foreign = (OrganizationFactory.create(prefecture=place) for place in (own, other))
    survey = running_survey(village, foreign)
    client.force_login(person_at(own))

    response = client.get(f"/surveys/managed/{survey.pk}/organizations/")

    assert [line.assignment.organization for line in response.context["lines"]] == [village]
    assert response.context["count"] == 1
    assert [code for code, _ in response.context["choices"]["prefectures"]] == [own.prefecture_code]


def test_one_turns_to_the_division_that_gathers_or_else_to_the_window(client: Client) -> None:
    gathered, windowed, bare = OrganizationFactory.create_batch(3)
    survey = running_survey(gathered, windowed, bare)
    window_of(gathered)
    division = DivisionFactory.create(organization=gathered)
    Assignment.objects.filter(organization=gathered).update(division=division)
    client.force_login(survey.created_by)

    response = client.get(f"/surveys/managed/{survey.pk}/organizations/")

    window_of(windowed)
    again = client.get(f"/surveys/managed/{survey.pk}/organizations/")
    contacts = [[line.contact for line in page.context["lines"]] for page in (response, again)]
    assert contacts == [[division, None, None], [division, window_of(windowed), None]]


def test_the_last_activity_is_whatever_happened_last(client: Client) -> None:
    idle, writing, done = OrganizationFactory.create_batch(3)
    survey = running_survey(idle, writing, done)
    answer(assignment_of(survey, writing), person_at(writing), staff="1")
    submitted(assignment_of(survey, done))
    client.force_login(survey.created_by)

    lines = client.get(f"/surveys/managed/{survey.pk}/organizations/").context["lines"]

    written = assignment_of(survey, writing).last_answer_at
    handed_in = assignment_of(survey, done).submitted_at
    assert [line.assignment.moved_at for line in lines] == [None, written, handed_in]


def test_it_is_sorted_and_paged_by_code_by_deadline_and_by_activity(client: Client) -> None:
    villages = OrganizationFactory.create_batch(52)
    survey = running_survey(*villages)
    Assignment.objects.filter(organization=villages[0]).update(
        extended_to=survey.due_on + timedelta(days=1)
    )
    answer(assignment_of(survey, villages[9]), person_at(villages[9]), staff="1")
    client.force_login(survey.created_by)
    others = [*villages[:9], *villages[10:]]

    def pages(**query: str) -> list[Organization]:
        first = shown(client, survey, **query)
        return first + shown(client, survey, **query, after=first[-1].code)

    assert pages() == villages
    assert pages(sort="-organization__code") == villages[::-1]
    assert pages(sort="due") == [*villages[1:], villages[0]]
    assert pages(sort="-due") == villages
    assert pages(sort="-active_at") == [villages[9], *others]
    assert pages(sort="active_at") == [*others, villages[9]]
    assert shown(client, survey, sort="due", after="unknown") == villages[1:51]
    assert shown(client, survey, sort="survey__title", after="\x07") == villages[:50]


def test_a_page_goes_on_behind_one_that_has_left_the_list(client: Client) -> None:
    villages = OrganizationFactory.create_batch(52)
    survey = running_survey(*villages)
    client.force_login(survey.created_by)
    first = shown(client, survey, state=Standing.OWING)

    submitted(assignment_of(survey, first[-1]))

    assert shown(client, survey, state=Standing.OWING, after=first[-1].code) == villages[50:]


def test_a_survey_that_has_not_opened_has_no_list(client: Client) -> None:
    survey = draft_survey()
    client.force_login(survey.created_by)

    assert client.get(f"/surveys/managed/{survey.pk}/organizations/").status_code == 404
