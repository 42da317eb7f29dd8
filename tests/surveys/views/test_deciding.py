from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.states import Kind, Role
from surveys.actions import begin_survey
from surveys.models import Survey
from surveys.states import SurveyState
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.surveys import draft_survey, scheduled_survey, survey_in_review

pytestmark = pytest.mark.django_db


def page_of(survey: Survey, name: str = "survey") -> str:
    return reverse(f"surveys:{name}", args=[survey.pk])


def test_a_draft_leads_first_to_what_is_missing(client: Client) -> None:
    drafter = person_at(DivisionFactory.create(), Role.DRAFTER)
    days = {"opens_on": date(2027, 1, 12), "due_on": date(2027, 2, 12)}
    frame = {"title": "窓口の調査", "purpose": "", "fiscal_year": 2026, **days}
    division = drafter.active_memberships[0].division
    survey = begin_survey(by=drafter, division=division, frame=frame)
    client.force_login(drafter)

    context = client.get(page_of(survey)).context

    assert context["do_first"] == ("宛先を選ぶ", page_of(survey, "survey_audience"))
    assert [part.is_done for part in context["parts"]] == [True, False, False]


def test_from_the_draft_to_the_open_survey(client: Client) -> None:
    today = timezone.localdate()
    survey = draft_survey(
        OrganizationFactory.create(), opens_on=today, due_on=today + timedelta(days=40)
    )
    client.force_login(survey.created_by)
    shown = client.get(page_of(survey)).context
    client.post(page_of(survey, "survey_request"), {"mark": shown["mark"]})
    client.force_login(person_at(survey.division, Role.APPROVER))
    confirmation = client.get(page_of(survey, "survey_approval")).context

    response = client.post(
        page_of(survey, "survey_approval"), {"mark": confirmation["mark"]}, follow=True
    )

    survey.refresh_from_db()
    assert survey.state == SurveyState.OPEN
    assert [str(m) for m in response.context["messages"]] == ["決裁しました。受付を始めています。"]


def test_the_confirmation_counts_organizations_people_and_questions(client: Client) -> None:
    only_villages = {"attr": "kind", "op": "eq", "value": "village"}
    number = {"type": "number", "label": "数", "required": False, "unit": "人"}
    questions = [
        {"id": "a", **number},
        {"id": "b", **number, "visible_if": only_villages},
        {"id": "c", **number, "visible_if": {"q": "a", "op": "gt", "value": 3}},
    ]
    document = {"sections": [{"id": "s", "title": "節", "questions": questions}], "rules": []}
    prefecture = PrefectureFactory.create()
    village = OrganizationFactory.create(prefecture=prefecture)
    person_at(village)
    survey = survey_in_review(village, prefecture, document=document, notify_by_mail=True)
    client.force_login(person_at(survey.division, Role.APPROVER))

    context = client.get(page_of(survey, "survey_approval")).context

    assert (context["organizations"], context["people"]) == (2, 1)
    shown = [
        (kind.kind, kind.organizations, kind.always, kind.depending) for kind in context["kinds"]
    ]
    assert shown == [(Kind.PREFECTURE, 1, 1, 1), (Kind.VILLAGE, 1, 2, 1)]


def test_what_changed_meanwhile_is_told_and_not_approved(client: Client) -> None:
    survey = survey_in_review(OrganizationFactory.create())
    client.force_login(person_at(survey.division, Role.APPROVER))

    response = client.post(page_of(survey, "survey_approval"), {"mark": "old"}, follow=True)

    survey.refresh_from_db()
    assert survey.state == SurveyState.IN_REVIEW
    assert "画面を開いたあとに変更されています" in str(next(iter(response.context["messages"])))


def test_what_does_not_wait_leads_back(client: Client) -> None:
    survey = scheduled_survey(OrganizationFactory.create())
    client.force_login(person_at(survey.division, Role.APPROVER))

    response = client.get(page_of(survey, "survey_approval"))

    assert response.headers["Location"] == page_of(survey)


def test_a_return_without_reason_keeps_the_page(client: Client) -> None:
    survey = survey_in_review(OrganizationFactory.create())
    client.force_login(person_at(survey.division, Role.APPROVER))

    form = client.post(page_of(survey, "survey_return"), {"reason": ""}).context["form"]
    client.post(page_of(survey, "survey_return"), {"reason": "期限が短い。"})

    survey.refresh_from_db()
    assert form.errors == {"reason": ["差戻しの理由を入力してください。"]}
    assert (survey.state, survey.return_reason) == (SurveyState.RETURNED, "期限が短い。")


def test_what_was_asked_for_is_taken_back(client: Client) -> None:
    survey = survey_in_review(OrganizationFactory.create())
    client.force_login(survey.created_by)

    client.post(page_of(survey, "survey_request_withdrawal"))

    survey.refresh_from_db()
    assert survey.state == SurveyState.DRAFT


def test_a_schedule_is_cancelled(client: Client) -> None:
    survey = scheduled_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)

    client.post(page_of(survey, "survey_schedule_cancellation"))

    survey.refresh_from_db()
    assert survey.state == SurveyState.RETURNED


def test_each_point_of_the_check_list_leads_to_its_place(client: Client) -> None:
    bare = {"id": "a", "type": "number", "label": "数", "required": False}
    document = {"sections": [{"id": "s", "title": "節", "questions": [bare]}], "rules": []}
    survey = draft_survey(document=document, notify_by_mail=True)
    client.force_login(survey.created_by)

    concerns = client.get(page_of(survey)).context["concerns"]

    places = {concern.anchor: url for concern, url in concerns}
    assert places[""] == page_of(survey, "survey_audience")
    assert places["contact"] == f"{page_of(survey, 'survey_edit')}#id_contact"
    assert places["a"] == f"{page_of(survey, 'questionnaire')}?at=a#card-a"
