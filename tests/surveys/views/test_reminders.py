import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from surveys.models import Reminder, Survey
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import running_survey

pytestmark = pytest.mark.django_db
QUERIES, RECORD_QUERIES = 15, 11


def survey_with(count: int) -> Survey:
    """A survey of as many villages, each with one person at its window."""
    places = OrganizationFactory.create_batch(count)
    for place in places:
        person_at(DivisionFactory.create(organization=place, is_window=True), Role.DRAFTER)
    return running_survey(*places)


def address(survey: Survey) -> str:
    return f"/surveys/managed/{survey.pk}/reminders/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = survey_with(count)
    client.force_login(survey.created_by)

    with django_assert_num_queries(QUERIES):
        page = client.get(address(survey))

    assert [len(people) for _, people in page.context["rows"]] == [1] * count
    assert (page.context["organization_count"], page.context["people_count"]) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_the_record_costs_the_same(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = survey_with(count)
    client.force_login(survey.created_by)
    client.post(f"{address(survey)}sending/", {"text": "お願いします。"})

    with django_assert_num_queries(RECORD_QUERIES):
        page = client.get(f"{address(survey)}{Reminder.objects.get().pk}/")

    mails = [people[0]["mail"] for _, people in page.context["rows"]]
    assert mails == ["送信待ち"] * count


def test_the_days_are_kept(client: Client) -> None:
    survey = survey_with(1)
    client.force_login(survey.created_by)

    page = client.post(f"{address(survey)}plan/", {"days": ["-7", "0"]}, follow=True)
    wrong = client.post(f"{address(survey)}plan/", {"days": ["5"]})

    assert page.context["plan_form"].initial == {"days": [-7, 0]}
    assert (wrong.status_code, list(wrong.context["plan_form"].errors)) == (422, ["days"])
    assert Survey.objects.get(pk=survey.pk).reminder_days == [-7, 0]


def test_a_second_press_says_so(client: Client) -> None:
    survey = survey_with(1)
    client.force_login(survey.created_by)

    for _ in range(2):
        page = client.post(f"{address(survey)}sending/", {"text": ""}, follow=True)

    assert Reminder.objects.count() == 1
    assert "1日に1回までです。" in page.content.decode()
