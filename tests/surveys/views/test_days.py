from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.models import Survey
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


def opened(days_ago: int, survey: Survey) -> Survey:
    moment = timezone.now() - timedelta(days=days_ago)
    Survey.objects.filter(pk=survey.pk).update(opened_at=moment)
    return survey


def test_the_curve_is_drawn_beside_the_last_round(client: Client) -> None:
    villages = OrganizationFactory.create_batch(2)
    today = timezone.localdate()
    days = {"opens_on": today - timedelta(days=1), "due_on": today}
    last_round = opened(1, running_survey(*villages, **days))
    submitted(assignment_of(last_round, villages[0]))
    survey = opened(1, running_survey(*villages, **days, previous=last_round))
    client.force_login(survey.created_by)

    context = client.get(f"/surveys/managed/{survey.pk}/").context

    names = [f"{day.month}/{day.day}" for day in (today - timedelta(days=1), today)]
    assert context["days"].header == ["今回", "前回"]
    assert context["days"].table == [[names[0], "0.0%", "0.0%"], [names[1], "0.0%", "50.0%"]]
    assert context["days_summary"] == (
        f"{today.month}月{today.day}日の提出率は0.0%です。同じ時期に、前回は50.0%でした。"
    )


def test_how_they_are_laid_beside_each_other_can_be_chosen(client: Client) -> None:
    village = OrganizationFactory.create()
    last_round = opened(9, running_survey(village))
    survey = running_survey(village, previous=last_round)
    client.force_login(survey.created_by)

    def in_force(**query: str) -> list[bool]:
        context = client.get(f"/surveys/managed/{survey.pk}/", query).context
        return [current for _, _, current in context["alignments"]]

    assert in_force() == [True, False]
    assert in_force(align="deadline") == [False, True]
    assert in_force(align="x") == [True, False]


def test_a_lone_survey_has_nothing_to_choose(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)

    context = client.get(f"/surveys/managed/{survey.pk}/").context

    assert (context["alignments"], context["days"].header) == ([], ["今回"])


def test_a_long_time_is_drawn_by_some_of_its_days_the_last_one_always(client: Client) -> None:
    today = timezone.localdate()
    survey = running_survey(OrganizationFactory.create(), due_on=today + timedelta(days=99))
    client.force_login(survey.created_by)

    table = client.get(f"/surveys/managed/{survey.pk}/").context["days"].table

    last = today + timedelta(days=99)
    assert len(table) == 25
    assert [row[0] for row in table[-2:]] == [short(last - timedelta(days=4)), short(last)]


def short(day: date) -> str:
    return f"{day.month}/{day.day}"
