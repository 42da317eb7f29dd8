"""Mails about the course of a survey lead to the page that the person has for it."""

import pytest
from django.test import Client

from surveys.actions import cancel_survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey

pytestmark = pytest.mark.django_db


def test_a_cancelled_survey_is_told_with_its_page(client: Client) -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    survey = running_survey(village, title="村への調査")
    cancel_survey(survey, by=survey.created_by, reason="重複していたため")
    client.force_login(officer)

    page = client.get("/notifications/").content.decode()

    assert "調査の中止" in page
    assert f'href="/surveys/assignments/{assignment_of(survey, village).pk}/"' in page
