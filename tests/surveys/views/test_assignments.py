from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from surveys.actions import close_survey, return_responses
from surveys.models import Assignment, Survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published
from tests.factories.surveys import COMPLETE, answer, assignment, running_survey, submitted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    village = OrganizationFactory.create()
    for _ in range(size):
        running_survey(village)
    client.force_login(person_at(village))

    with django_assert_num_queries(7):
        response = client.get("/surveys/")

    assert len(response.context["assignments"]) == size


def test_the_list_begins_with_what_is_due_first_and_ends_with_what_is_done(client: Client) -> None:
    village = OrganizationFactory.create()
    today = timezone.localdate()
    done, later, sooner = (
        assignment(organization=village, opens_on=today, due_on=today + timedelta(days=days))
        for days in (1, 9, 4)
    )
    submitted(done)
    client.force_login(person_at(village))

    response = client.get("/surveys/")

    assert list(response.context["assignments"]) == [sooner, later, done]
    assert "あと4日" in response.content.decode()


def test_the_list_holds_nothing_of_others(client: Client) -> None:
    assignment()
    client.force_login(person_at(OrganizationFactory.create()))

    assert list(client.get("/surveys/").context["assignments"]) == []


def test_the_tasks_tell_what_is_still_to_do(client: Client) -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    answer(asked, writer, staff="1", since="去年")
    client.force_login(writer)

    context = client.get(f"/surveys/assignments/{asked.pk}/").context

    steps = [task.step for task in context["tasks"]]
    assert [(step["id"], step["state"]) for step in steps] == [("s1", "要確認")]
    counts = (context["blank_count"], context["error_count"], context["unexplained_count"])
    assert counts == (1, 1, 1)


@pytest.mark.parametrize(
    ("answers", "way_on"),
    [
        ({}, ("回答を始める", "s1")),
        ({"since": "2020-04-01"}, ("続きから回答する", "s1")),
        ({"staff": "3", "desk": "true", "name": "窓口"}, ("続きから回答する", "s2")),
    ],
)
def test_the_first_button_leads_to_where_answering_goes_on(
    client: Client, answers: dict[str, str], way_on: tuple[str, str]
) -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    answer(asked, writer, **answers)
    client.force_login(writer)

    context = client.get(f"/surveys/assignments/{asked.pk}/").context

    label, section = way_on
    assert context["way_on"] == (label, f"/surveys/assignments/{asked.pk}/sections/{section}/")


def test_a_complete_response_leads_to_its_review_even_with_an_open_warning(client: Client) -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    answer(asked, writer, **(COMPLETE | {"staff": "1"}))
    client.force_login(writer)

    page = client.get(f"/surveys/assignments/{asked.pk}/")

    assert page.context["way_on"] is None
    assert f'<a class="button" href="/surveys/assignments/{asked.pk}/review/">' in (
        page.content.decode()
    )


def test_what_was_submitted_leads_to_the_receipt(client: Client) -> None:
    asked = submitted(assignment())
    client.force_login(person_at(asked.organization))

    response = client.get(f"/surveys/assignments/{asked.pk}/")

    assert response["Location"] == f"/surveys/assignments/{asked.pk}/receipt/"


def test_the_tasks_lead_to_the_notice_and_know_the_longer_deadline(client: Client) -> None:
    village = OrganizationFactory.create()
    notice = published(to=[village], number="医政発1123第1号")
    asked = assignment(organization=village, related_notice_number="医政発1123第１号")
    Assignment.objects.filter(pk=asked.pk).update(extended_to=date(2026, 12, 25))
    client.force_login(person_at(village))

    page = client.get(f"/surveys/assignments/{asked.pk}/").content.decode()

    assert f'<a href="/notices/{notice.pk}/">医政発1123第１号</a>' in page
    assert "令和８年12月25日（金）" in page
    assert "延長前：令和８年12月11日（金）" in page


def test_the_ministry_does_not_see_an_unfinished_response(client: Client) -> None:
    asked = assignment()
    client.force_login(asked.survey.created_by)

    paths = ["", "review/", "receipt/", "sections/s1/", "answers/"]
    pages = [client.get(f"/surveys/assignments/{asked.pk}/{path}") for path in paths]

    assert [page.status_code for page in pages] == [404] * 5
    assert Assignment.objects.progress_visible_to(asked.survey.created_by).count() == 1


@pytest.mark.parametrize(
    ("role", "room"), [(Role.DRAFTER, "sections/s1/"), (Role.VIEWER, "review/")]
)
def test_a_section_leads_to_a_page_that_opens(client: Client, role: Role, room: str) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization, role))

    step = client.get(f"/surveys/assignments/{asked.pk}/").context["tasks"][0].step

    assert step["url"] == f"/surveys/assignments/{asked.pk}/{room}"
    assert client.get(step["url"]).status_code == 200


def test_a_response_given_back_after_the_closing_is_not_taken_late(client: Client) -> None:
    done = submitted(assignment())
    survey, day = done.survey, timezone.localdate()
    close_survey(survey, by=survey.created_by)
    return_responses(survey, [done.pk], by=survey.created_by, reason="誤り", until=survey.due_on)
    Survey.objects.update(accepts_late=True, opens_on=day - timedelta(9), due_on=day - timedelta(1))
    client.force_login(person_at(done.organization))

    page = client.get(f"/surveys/assignments/{done.pk}/")

    assert "まだ提出できます" not in page.content.decode()
    assert "回答期限を過ぎたため、受付を終了しました" in page.content.decode()
