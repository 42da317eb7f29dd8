from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from surveys.models import Release, Survey
from tests.factories.releases import closed_survey, release_of, towns
from tests.factories.surveys import running_survey

pytestmark = pytest.mark.django_db

SENT: dict[str, Any] = {
    "scope": "answered",
    "smallest_group": "3",
    "note": "研修の計画に用いた。",
    "questions_0": ["staff", "desk"],
}


def address(survey: Survey, name: str = "") -> str:
    return f"/surveys/managed/{survey.pk}/release/{name}"


def preview(client: Client, survey: Survey, **changed: Any) -> Any:
    client.force_login(survey.created_by)
    return client.post(address(survey, "preview/"), SENT | changed)


def test_what_is_shown_first_is_released_by_one_press(client: Client) -> None:
    survey = closed_survey(2, 3, 4)
    page = preview(client, survey)
    sent = SENT | {"mark": page.context["form"].initial["mark"]}

    answer = client.post(address(survey, "publication/"), sent)

    assert (answer.status_code, answer.headers["Location"]) == (302, address(survey))
    release = Release.objects.get()
    assert (release.question_ids, release.note) == (["staff", "desk"], "研修の計画に用いた。")
    assert release.figures["head"]["handed_in"] == 3


def test_a_preview_keeps_nothing(client: Client) -> None:
    survey = closed_survey(2, 3, 4)

    page = preview(client, survey)

    assert page.status_code == 200
    assert ("questions_0", "desk") in page.context["sent"]
    assert not Release.objects.exists()


def test_a_public_link_needs_a_tick_of_its_own(client: Client) -> None:
    survey = closed_survey(2, 3, 4)
    page = preview(client, survey, is_public="on")
    sent = SENT | {"is_public": "on", "mark": page.context["form"].initial["mark"]}

    without = client.post(address(survey, "publication/"), sent)
    with_it = client.post(address(survey, "publication/"), sent | {"confirmed": "on"})

    assert without.status_code == 422
    assert list(without.context["form"].errors) == ["confirmed"]
    assert with_it.status_code == 302
    key = Release.objects.get().public_key
    shown = client.get(address(survey)).context["public_url"]
    assert shown == f"{settings.PORTAL_URL}/surveys/open/results/{key}/"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"smallest_group": "1"}, "smallest_group"),
        ({"smallest_group": "2", "is_public": "on"}, "smallest_group"),
        ({"scope": "everybody"}, "scope"),
        ({"questions_0": ["name"]}, "questions_0"),
        ({"questions_0": []}, "__all__"),
        ({"smallest_group": "9"}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    client: Client, changed: dict[str, Any], field: str
) -> None:
    page = preview(client, closed_survey(2, 3, 4), **changed)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "研修の計画に用いた。" in page.content.decode()


def test_the_form_comes_back_with_what_was_chosen(client: Client) -> None:
    survey = closed_survey(2, 3, 4)
    client.force_login(survey.created_by)

    page = client.post(address(survey, "new/"), SENT | {"questions_0": ["desk"]})

    form = page.context["form"]
    assert page.status_code == 200
    assert (form["questions_0"].value(), form["note"].value()) == (["desk"], "研修の計画に用いた。")


def test_at_first_all_that_can_be_is_chosen_and_later_what_was_last(client: Client) -> None:
    survey = closed_survey(2, 3, 4)
    client.force_login(survey.created_by)

    first = client.get(address(survey, "new/")).context["form"]
    release_of(survey, by=survey.created_by, question_ids=["staff"])
    later = client.get(address(survey, "new/")).context["form"]

    assert first["questions_0"].value() == ["staff", "desk", "form", "ways"]
    assert (later["questions_0"].value(), later["questions_1"].value()) == (["staff"], [])


def test_an_open_survey_has_no_form_and_says_why(client: Client) -> None:
    survey = running_survey(*towns(1))
    client.force_login(survey.created_by)

    answer = client.get(address(survey, "new/"))

    assert (answer.status_code, answer.headers["Location"]) == (302, address(survey))
    assert "受付を終了すると、結果を公表できます" in client.get(address(survey)).content.decode()


def test_ending_asks_first(client: Client) -> None:
    survey = closed_survey(2)
    release_of(survey, by=survey.created_by, is_public=True)
    client.force_login(survey.created_by)

    asked = client.get(address(survey, "1/ending/"))
    still = Release.objects.in_force().exists()
    client.post(address(survey, "1/ending/"))

    assert (asked.status_code, still) == (200, True)
    assert not Release.objects.in_force().exists()


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_releases(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = closed_survey(2)
    by = survey.created_by
    for number in range(1, size):
        release_of(survey, by=by, number=number, ended_at=timezone.now(), ended_by=by)
    release_of(survey, by=by, number=size)
    client.force_login(by)

    with django_assert_num_queries(7):
        page = client.get(address(survey))

    assert [release.number for release in page.context["rounds"]] == list(range(size, 0, -1))
