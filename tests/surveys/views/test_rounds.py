"""What prefectures say to their municipalities, on the pages of the ministry."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Organization
from onepublic.core.wareki import wareki
from surveys.models import PrefectureRound, Survey
from surveys.states import PrefecturePart
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import running_survey, submitted
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db
QUERIES = 8


def say(survey: Survey, prefecture: Organization) -> PrefectureRound:
    return PrefectureRound.objects.create(
        survey=survey,
        prefecture=prefecture,
        note="早めに。",
        due_on=survey.due_on - timedelta(days=3),
        written_by=person_at(prefecture),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_all_are_read_on_one_page_that_costs_the_same(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = PrefectureFactory.create_batch(count)
    survey = running_survey(*(OrganizationFactory.create(prefecture=place) for place in places))
    for place in places:
        say(survey, place)
    client.force_login(survey.created_by)

    with django_assert_num_queries(QUERIES):
        page = client.get(reverse("surveys:survey_rounds", args=[survey.pk]))

    assert [one.prefecture for one in page.context["rounds"]] == places
    assertContains(page, wareki(survey.due_on - timedelta(days=3)), count=count)


def test_the_files_are_given_to_the_division_and_to_no_other(client: Client) -> None:
    area = Area()
    client.force_login(area.officer)
    client.post(
        reverse("surveys:municipalities_note", args=[area.survey.pk]),
        {"note": "様式です。", "revision": "0", "uploads": [SimpleUploadedFile("様式.txt", b"x")]},
    )
    said = PrefectureRound.objects.get()
    address = reverse("surveys:round_file", args=[said.pk, said.files.get().pk])

    client.force_login(area.survey.created_by)
    served = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
    client.force_login(running_survey(area.villages[0]).created_by)
    elsewhere = client.get(address).status_code

    assert (served, elsewhere) == (b"x", 404)


def test_the_status_and_the_check_of_a_response_lead_there(client: Client) -> None:
    area = Area()
    done = submitted(area.asked[0])
    client.force_login(area.survey.created_by)
    pages = [
        reverse("surveys:survey", args=[area.survey.pk]),
        reverse("surveys:check", args=[area.survey.pk, done.pk]),
    ]
    assertContains(client.get(pages[0]), "都道府県からの連絡（0件）")
    assertNotContains(client.get(pages[1]), "都道府県からの連絡")

    said = say(area.survey, area.prefecture)

    assertContains(client.get(pages[0]), "都道府県からの連絡（1件）")
    assertContains(client.get(pages[1]), f"/rounds/#round-{said.pk}")


def test_without_a_part_prefectures_have_no_word(client: Client) -> None:
    area = Area()
    say(area.survey, area.prefecture)
    Survey.objects.update(prefecture_part=PrefecturePart.NONE)
    client.force_login(area.survey.created_by)

    page = client.get(reverse("surveys:survey_rounds", args=[area.survey.pk]))

    assertContains(page, "都道府県からの連絡はありません")
    status = client.get(reverse("surveys:survey", args=[area.survey.pk]))
    assertNotContains(status, "都道府県からの連絡（")
