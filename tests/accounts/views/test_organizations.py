from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories.accounts import OrganizationFactory, PrefectureFactory, UserFactory

pytestmark = pytest.mark.django_db


def _labels(client: Client, query: str) -> list[str]:
    options = client.get(reverse("organization_search"), {"q": query}).json()["options"]
    return [option["label"] for option in options]


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(UserFactory.create())
    return client


def test_it_requires_sign_in(client: Client) -> None:
    response = client.get(reverse("organization_search"), {"q": "市"})

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("緑", ["甲県緑市"]),
        ("甲県緑", ["甲県緑市"]),
        ("甲県　緑", ["甲県緑市"]),
        ("みどり", ["甲県緑市"]),
        ("ミドリ", ["甲県緑市"]),
        ("１２３", ["甲県緑市"]),
        ("23451", []),
        ("", []),
        ("　", []),
        ("%", []),
        ("\0", []),
        ("緑\0", ["甲県緑市"]),
    ],
)
def test_name_reading_and_code_find(officer: Client, query: str, found: list[str]) -> None:
    prefecture = PrefectureFactory.create(name="甲県", kana="こうけん", code="990001")
    OrganizationFactory.create(
        code="123451", name="緑市", kana="みどりし", prefecture=prefecture, kind="city"
    )

    assert _labels(officer, query) == found


def test_proposal_is_what_the_field_understands(officer: Client) -> None:
    PrefectureFactory.create(name="甲県", code="990001")

    options = officer.get(reverse("organization_search"), {"q": "甲"}).json()["options"]

    assert options == [{"value": "甲県（990001）", "label": "甲県", "note": "都道府県"}]


def test_abolished_organization_is_not_proposed(officer: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    OrganizationFactory.create(name="旧村", valid_to=yesterday)

    assert _labels(officer, "旧村") == []


@pytest.mark.parametrize(("there", "found"), [(1, 1), (3, 3), (25, 20)])
def test_at_most_twenty_in_one_query(
    officer: Client, django_assert_num_queries: DjangoAssertNumQueries, there: int, found: int
) -> None:
    OrganizationFactory.create_batch(there, name="緑村")

    with django_assert_num_queries(3):  # session, person, organizations
        assert len(_labels(officer, "緑村")) == found
