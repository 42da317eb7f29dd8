from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from surveys.actions import ask_extension, decide_extensions
from surveys.models import Assignment, ExtensionRequest
from surveys.states import ExtensionState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment, assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 18)
QUERIES = 10


def address(asked: Assignment) -> str:
    return f"/surveys/assignments/{asked.pk}/extension/"


def of_survey(asked: Assignment) -> str:
    return f"/surveys/managed/{asked.survey_id}/extensions/"


def request_of(asked: Assignment) -> ExtensionRequest:
    writer = person_at(asked.organization)
    return ask_extension(asked, by=writer, until=LATER, reason="議会の会期と重なるため。")


def test_an_officer_asks_and_withdraws(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))
    said = {"until": "令和8年12月18日", "reason": "議会の会期と重なるため。"}

    page = client.post(address(asked), said, follow=True)
    request = asked.extension_requests.get()
    after = client.post(f"{address(asked)}{request.pk}/withdrawal/", follow=True)

    assert (request.until, page.context["waiting"]) == (LATER, request)
    assert "申請を取り下げました。" in after.content.decode()
    assert (after.context["waiting"], after.context["form"] is None) == (None, False)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"until": "", "reason": "理由"}, "until"),
        ({"until": "そのうち", "reason": "理由"}, "until"),
        ({"until": "2026-12-18", "reason": ""}, "reason"),
        ({"until": "2026-12-11", "reason": "理由"}, "__all__"),
    ],
)
def test_bad_input_stays_and_is_told(client: Client, said: dict[str, str], wrong: str) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    page = client.post(address(asked), said)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [wrong]
    assert [page.context["form"][name].value() for name in said] == list(said.values())
    assert not asked.extension_requests.exists()


def test_a_second_request_is_refused_in_words(client: Client) -> None:
    asked = assignment()
    request_of(asked)
    client.force_login(person_at(asked.organization))

    page = client.post(address(asked), {"until": "2026-12-20", "reason": "理由"}, follow=True)

    assert "すでに申請中です。" in page.content.decode()
    assert asked.extension_requests.count() == 1


def test_a_decision_is_shown_with_its_remark(client: Client) -> None:
    request = request_of(assignment())
    survey = request.assignment.survey
    decide_extensions(
        survey, [request.pk], by=survey.created_by, granted=False, remark="集計の都合です。"
    )
    client.force_login(request.asked_by)

    page = client.get(address(request.assignment)).content.decode()

    assert ("不承認" in page, "集計の都合です。" in page) == (True, True)


def test_what_is_handed_in_asks_for_nothing(client: Client) -> None:
    done = submitted(assignment())
    client.force_login(person_at(done.organization))

    page = client.get(address(done))

    assert page.context["form"] is None
    assert "この調査は、期限の延長を申請できません" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_divisions_list_costs_the_same_for_one_and_three(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    towns = OrganizationFactory.create_batch(count)
    survey = running_survey(*towns)
    for town in towns:
        request_of(assignment_of(survey, town))
    client.force_login(survey.created_by)

    with django_assert_num_queries(QUERIES):
        page = client.get(f"/surveys/managed/{survey.pk}/extensions/")

    assert len(page.context["waiting"]) == count


def test_several_are_granted_with_one_press(client: Client) -> None:
    towns = OrganizationFactory.create_batch(3)
    survey = running_survey(*towns)
    requests = [request_of(assignment_of(survey, town)) for town in towns]
    client.force_login(survey.created_by)

    page = client.post(
        f"/surveys/managed/{survey.pk}/extensions/",
        {"request": [requests[0].pk, requests[1].pk], "decision": "grant", "until": ""},
        follow=True,
    )

    states = ExtensionRequest.objects.order_by("pk").values_list("state", flat=True)
    granted, asked = ExtensionState.GRANTED, ExtensionState.ASKED
    assert list(states) == [granted, granted, asked]
    assert "2件の申請を承認しました。" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"decision": "grant"}, "__all__"),
        ({"request": "none", "decision": "grant"}, "__all__"),
        ({"request": "1", "decision": "grant", "until": "2026-12-11"}, "until"),
    ],
)
def test_a_bad_decision_is_told(client: Client, said: dict[str, str], wrong: str) -> None:
    request = request_of(assignment())
    client.force_login(request.assignment.survey.created_by)

    page = client.post(of_survey(request.assignment), said)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [wrong]
    assert ExtensionRequest.objects.waiting().count() == 1


def test_a_viewer_of_the_division_reads_and_decides_nothing(client: Client) -> None:
    request = request_of(assignment())
    client.force_login(person_at(request.assignment.survey.division, Role.VIEWER))
    said = {"request": str(request.pk), "decision": "grant"}

    assert client.get(of_survey(request.assignment)).context["can_decide"] is False
    assert client.post(of_survey(request.assignment), said).status_code == 403


@pytest.mark.parametrize("key", ["9" * 5_000, "9" * 40, "²", "0"])
def test_what_is_no_key_decides_nothing(client: Client, key: str) -> None:
    request = request_of(assignment())
    client.force_login(request.assignment.survey.created_by)

    client.post(of_survey(request.assignment), {"request": key, "decision": "grant"})

    request.refresh_from_db()
    assert request.state == ExtensionState.ASKED
