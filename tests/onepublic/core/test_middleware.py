"""What no page can take is said in the portal's look, never by a traceback or an empty page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.factories.accounts import (
    PASSWORD,
    MinistryFactory,
    OrganizationFactory,
    UserFactory,
    person_at,
)
from tests.factories.surveys import assignment, running_survey

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def number_on(page: str) -> str:
    """The number that an error page shows."""
    return page.partition("エラー番号　")[2][:3]


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/organizations/?q=%00",
        "/notices/?q=%00&cursor=%00",
        "/surveys/managed/?cursor=%00",
        "/demo/?q=a%00b",
        "/demo/outbox/?to=%00",
    ],
)
def test_nul_in_a_search_is_passed_over(client: Client, address: str) -> None:
    client.force_login(person_at(MinistryFactory.create()))

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["prefecture", "after"])
def test_nul_in_a_filter_of_a_survey_is_passed_over(client: Client, name: str) -> None:
    survey = running_survey(OrganizationFactory.create())
    client.force_login(person_at(survey.division))

    assert client.get(f"/surveys/managed/{survey.pk}/?{name}=%00").status_code == 200


def test_nul_in_a_path_is_a_plain_page(client: Client) -> None:
    response = client.get("/notices/%00/")

    assert (response.status_code, number_on(response.text)) == (400, "400")


def test_nul_in_a_cookie_is_a_plain_page(client: Client) -> None:
    client.cookies["sessionid"] = "\x00" * 12

    assert client.get("/").status_code == 400


def test_a_foreign_host_is_a_plain_page(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert (response.status_code, number_on(response.text)) == (400, "400")


def test_an_address_that_takes_only_posts_says_so(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    response = client.get(f"/surveys/assignments/{asked.pk}/submission/")

    assert (response.status_code, number_on(response.text)) == (405, "405")
    assert response["Allow"] == "POST"


def test_too_many_fields_files_or_bytes_are_too_much(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))
    address = f"/surveys/assignments/{asked.pk}/sections/s1/"
    fields = {f"field{n}": "1" for n in range(6_000)}
    files = {f"file{n}": SimpleUploadedFile("a.txt", b"1") for n in range(101)}

    answers = [
        client.post(address, fields),
        client.post(address, files),
        client.post(address, "a" * 6_000_000, content_type="application/x-www-form-urlencoded"),
    ]

    assert [(a.status_code, number_on(a.text)) for a in answers] == [(413, "413")] * 3
    assert asked.answers.count() == 0


def test_signing_in_without_the_cache_asks_to_wait(client: Client, settings: Settings) -> None:
    person = UserFactory.create()
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:9/0"}}

    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD})

    assert (response.status_code, number_on(response.text)) == (503, "503")
    assert "_auth_user_id" not in client.session


def test_pages_open_without_the_cache(client: Client, settings: Settings) -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:9/0"}}
    client.force_login(person_at(MinistryFactory.create()))

    assert client.get("/").status_code == 200
