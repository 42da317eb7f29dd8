"""Somebody of the ministry follows a survey: the counts, the list behind one, the file of it."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.face.axe import violations
from tests.factories.accounts import OrganizationFactory, PrefectureFactory
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_count_leads_to_its_list_and_the_list_to_a_file(
    live_server: LiveServer, browser_page: Page
) -> None:
    page = browser_page
    places = [PrefectureFactory.create(code=code) for code in ("130001", "140007")]
    done, late, extended = (
        OrganizationFactory.create(prefecture=place) for place in (*places, places[0])
    )
    survey = running_survey(done, late, extended, due_on=timezone.localdate() - timedelta(days=1))
    submitted(assignment_of(survey, done))
    survey.assignments.filter(organization=extended).update(extended_to=timezone.localdate())
    sign_in(page.context, live_server.url, survey.created_by)

    page.goto(f"{live_server.url}/surveys/managed/{survey.pk}/")
    wrong = violations(page)
    overdue = page.locator(".figures div", has_text="期限超過").get_by_role("link")
    expect(overdue).to_have_text("1")
    overdue.click()
    expect(page.get_by_role("heading", name="団体の一覧")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text(late.name)
    wrong += violations(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    content = download.value.path().read_bytes().decode("utf-8-sig")

    rows = list(csv.reader(StringIO(content, newline="")))
    assert [row[0] for row in rows] == ["団体コード", late.code]
    assert wrong == []
