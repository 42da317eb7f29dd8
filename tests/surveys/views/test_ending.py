from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.states import Role
from surveys.actions import cancel_survey, close_survey
from surveys.models import Survey
from surveys.states import SurveyState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, draft_survey, running_survey

pytestmark = pytest.mark.django_db


def page_of(survey: Survey, name: str = "survey") -> str:
    return reverse(f"surveys:{name}", args=[survey.pk])


def test_calling_off_says_what_happens_and_asks_why(client: Client) -> None:
    village = OrganizationFactory.create()
    person_at(village)
    survey = running_survey(village)
    client.force_login(person_at(survey.division, Role.APPROVER))
    page = page_of(survey, "survey_cancellation")

    shown = client.get(page).context
    refused = client.post(page, {"reason": "", "mark": shown["form"]["mark"].value()})
    client.post(page, {"reason": "重複のため。", "mark": shown["form"]["mark"].value()})

    survey.refresh_from_db()
    assert (shown["asked"], shown["owing"], shown["people"]) == (1, 1, 1)
    assert refused.context["form"].errors == {"reason": ["中止の理由を入力してください。"]}
    assert (survey.state, survey.cancel_reason) == (SurveyState.CANCELLED, "重複のため。")


def test_a_cancelled_one_says_so_to_its_division_and_to_those_asked(client: Client) -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    cancel_survey(survey, by=survey.created_by, reason="重複のため。")

    client.force_login(survey.created_by)
    own = client.get(page_of(survey))
    again = client.get(page_of(survey, "survey_cancellation"))
    client.force_login(person_at(village))
    theirs = client.get(reverse("surveys:assignment", args=[assignment_of(survey, village).pk]))

    for response in (own, theirs):
        assert "重複のため。" in response.text
    assert again.headers["Location"] == page_of(survey)


def test_a_cancelled_draft_stays_readable(client: Client) -> None:
    survey = draft_survey()
    cancel_survey(survey, by=survey.created_by, reason="取りやめ")
    client.force_login(survey.created_by)

    context = client.get(page_of(survey)).context

    assert (context["can_edit"], context["can_cancel"]) == (False, False)


def test_closing_says_who_owes_an_answer_and_ends_it(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)
    page = page_of(survey, "survey_closing")

    shown = client.get(page).context
    client.post(page)

    survey.refresh_from_db()
    assert (shown["owing"], survey.state) == (1, SurveyState.CLOSED)
    assert client.get(page).headers["Location"] == page_of(survey)


def test_reopening_asks_for_a_day(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    close_survey(survey, by=survey.created_by)
    client.force_login(person_at(survey.division, Role.APPROVER))
    page = page_of(survey, "survey_reopening")
    day = timezone.localdate() + timedelta(days=9)

    wrong = client.post(page, {"due_on": "あした"}).context["form"]
    past = client.post(page, {"due_on": "2026-11-01"}, follow=True)
    client.post(page, {"due_on": day.isoformat()})

    survey.refresh_from_db()
    assert list(wrong.errors) == ["due_on"]
    assert [str(m) for m in past.context["messages"]] == [
        "新しい回答の期限は、今日以後の日にしてください。"
    ]
    assert (survey.state, survey.due_on) == (SurveyState.OPEN, day)


def test_the_page_says_what_happens_at_the_deadline(client: Client) -> None:
    strict = running_survey(OrganizationFactory.create(), accepts_late=False)
    client.force_login(strict.created_by)

    assert "未提出の機関は提出できなくなります" in client.get(page_of(strict)).text
