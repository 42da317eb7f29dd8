from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.states import Role
from notices.actions.receiving import acknowledge
from tests.factories.accounts import (
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture() -> Organization:
    return PrefectureFactory.create(regional_bureau=RegionalBureauFactory.create())


@pytest.fixture
def towns(prefecture: Organization) -> list[Organization]:
    """Two in the prefecture, one elsewhere."""
    inside = OrganizationFactory.create_batch(2, prefecture=prefecture)
    return [*inside, OrganizationFactory.create()]


def rows_of(client: Client, address: str) -> list[tuple[object, ...]]:
    response = client.get(address)
    sheet = load_workbook(BytesIO(response.getvalue())).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_a_prefecture_downloads_its_own_area(
    client: Client, prefecture: Organization, towns: list[Organization]
) -> None:
    notice = published(to=towns)
    reader = person_at(towns[0])
    acknowledge(notice, by=reader)
    client.force_login(person_at(prefecture))

    rows = rows_of(client, f"/notices/{notice.pk}/deliveries.xlsx")

    assert [(row[0], row[5], row[7]) for row in rows] == [
        (towns[0].code, reader.name, reader.name),
        (towns[1].code, None, None),
    ]


def test_the_filter_of_the_page_holds_in_the_workbook(
    client: Client, prefecture: Organization, towns: list[Organization]
) -> None:
    notice = published(to=towns)
    acknowledge(notice, by=person_at(towns[0]))
    client.force_login(person_at(prefecture))

    rows = rows_of(client, f"/notices/{notice.pk}/deliveries.xlsx?show=unopened")

    assert [row[0] for row in rows] == [towns[1].code]


@pytest.mark.parametrize(
    ("show", "titles"), [("", ["二", "一"]), ("unopened", ["二"]), ("unacknowledged", ["二"])]
)
def test_a_bureau_lists_what_its_area_owes(
    client: Client,
    prefecture: Organization,
    towns: list[Organization],
    show: str,
    titles: list[str],
) -> None:
    read = published(to=[towns[0]], title="一")
    acknowledge(read, by=person_at(towns[0]))
    published(to=towns, title="二")
    published(to=[towns[2]], title="三")
    assert prefecture.regional_bureau
    client.force_login(person_at(prefecture.regional_bureau, Role.VIEWER))

    page = client.get(f"/notices/published/?show={show}")
    rows = rows_of(client, f"/notices/published.xlsx?show={show}")

    assert page.context["title"] == "管内の通知"
    assert [str(notice.current_version) for notice, _ in page.context["rows"]] == titles
    assert [row[1] for row in rows] == titles
    assert rows[0][5:] == (2, 0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_workbook_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town = OrganizationFactory.create()
    for _ in range(count):
        published(to=[town])
    assert town.prefecture
    client.force_login(person_at(town.prefecture))

    # session, user, memberships, notices, counts
    with django_assert_num_queries(5):
        client.get("/notices/published.xlsx").getvalue()
