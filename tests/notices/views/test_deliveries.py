import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from accounts.models import Organization
from accounts.states import Role
from notices.actions.passing_on import decline
from notices.actions.receiving import acknowledge, open_delivery
from notices.models import Notice
from notices.views import following
from tests.factories.accounts import (
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import a_draft, published

pytestmark = pytest.mark.django_db


def page_of(notice: Notice) -> str:
    return reverse("notices:deliveries", args=[notice.pk])


@pytest.fixture
def places() -> list[Organization]:
    """A prefecture with two municipalities, a foreign one, a bureau; in order of codes."""
    prefecture = PrefectureFactory.create(code="010006", name="一県")
    return [
        prefecture,
        OrganizationFactory.create(code="010014", prefecture=prefecture),
        OrganizationFactory.create(code="010022", prefecture=prefecture),
        OrganizationFactory.create(
            code="020028", prefecture=PrefectureFactory.create(code="020001")
        ),
        RegionalBureauFactory.create(code="bureau"),
    ]


@pytest.fixture
def notice(places: list[Organization]) -> Notice:
    notice = published(to=places)
    acknowledge(notice, by=person_at(places[1]))
    open_delivery(notice, by=person_at(places[2]))
    return notice


def listed(client: Client, notice: Notice, query: str) -> list[str]:
    rows = client.get(page_of(notice) + query).context["rows"]
    return [row.organization.code for row in rows]


def test_a_prefecture_finds_it_among_what_went_to_its_area(
    client: Client, notice: Notice, places: list[Organization]
) -> None:
    client.force_login(person_at(places[0]))

    response = client.get(page_of(notice))

    assertContains(response, '<li><a href="/notices/published/">管内の通知</a></li>', html=True)


def test_the_ministry_sees_counts_by_prefecture_with_totals(client: Client, notice: Notice) -> None:
    client.force_login(person_at(notice.division, Role.VIEWER))

    context = client.get(page_of(notice)).context

    rows = context["by_prefecture"]
    figures = [(row["delivered"], row["opened"], row["acknowledged"]) for row in rows]
    assert figures == [(1, 0, 0), (3, 2, 1), (1, 0, 0)]
    assert context["totals"] == {
        "delivered": 5,
        "opened": 2,
        "acknowledged": 1,
        "declined": 0,
        "owing": 4,
    }
    assert [tab["count"] for tab in context["tabs"]] == [None, 3, 4, 0, 5]


@pytest.mark.parametrize(
    ("query", "codes", "first", "title"),
    [
        ("", ["", "01", "02"], "66.7%", "開封率（都道府県別）"),
        ("?map=acknowledged", ["", "01", "02"], "33.3%", "確認率（都道府県別）"),
        ("?map=read&sort=-opened_share", ["01", "", "02"], "66.7%", "開封率（都道府県別）"),
    ],
)
def test_the_map_shows_one_share_and_the_table_sorts(
    client: Client, notice: Notice, query: str, codes: list[str], first: str, title: str
) -> None:
    client.force_login(person_at(notice.division, Role.VIEWER))

    page = client.get(page_of(notice) + query)

    context = page.context
    assert [row["code"] for row in context["by_prefecture"]] == codes
    assert [tile.full_text for tile in context["chart"].map.tiles][:3] == [first, "0.0%", "－"]
    assert f'"shares_caption">{title}<' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?show=unopened", ["010006", "020028", "bureau"]),
        ("?show=unacknowledged", ["010006", "010022", "020028", "bureau"]),
        ("?show=all&prefecture=01", ["010006", "010014", "010022"]),
        ("?show=unopened&prefecture=bureaus", ["bureau"]),
        ("?show=all&prefecture=99", []),
        ("?show=all&after=010022", ["020028", "bureau"]),
        ("?show=all&prefecture=%00&after=%00", ["010006", "010014", "010022", "020028", "bureau"]),
    ],
)
def test_it_lists_who_has_not(client: Client, notice: Notice, query: str, codes: list[str]) -> None:
    client.force_login(person_at(notice.division))

    assert listed(client, notice, query) == codes


def test_pages_follow_each_other(
    client: Client, notice: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "PAGE_SIZE", 2)
    client.force_login(person_at(notice.division))
    found: list[str] = []
    after = ""
    for _ in range(3):
        context = client.get(page_of(notice), {"show": "all", "after": after}).context
        found += [row.organization.code for row in context["rows"]]
        after = context["after"] or "the last page"

    assert found == ["010006", "010014", "010022", "020028", "bureau"]
    assert after == "the last page"


def test_a_prefecture_sees_its_own_area(
    client: Client, notice: Notice, places: list[Organization]
) -> None:
    client.force_login(person_at(places[0], Role.VIEWER))

    assert listed(client, notice, "?show=all") == ["010006", "010014", "010022"]
    context = client.get(page_of(notice)).context
    assert context["totals"]["delivered"] == 3
    assert context["chart"] is None


def test_a_municipality_may_not_and_a_stranger_finds_nothing(
    client: Client, notice: Notice, places: list[Organization]
) -> None:
    client.force_login(person_at(places[1]))
    assert client.get(page_of(notice)).status_code == 404

    client.force_login(person_at(OrganizationFactory.create()))
    assert client.get(page_of(notice)).status_code == 404


def test_a_draft_has_no_deliveries(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    assert client.get(page_of(notice)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice = published(to=OrganizationFactory.create_batch(count))
    client.force_login(person_at(notice.division, Role.VIEWER))

    # session, user, memberships, notice, by prefecture, totals, list
    with django_assert_num_queries(7):
        client.get(page_of(notice) + "?show=all")


def test_the_issuer_sees_who_declined_and_whom_they_named(
    client: Client, notice: Notice, places: list[Organization]
) -> None:
    officer = person_at(places[2])
    decline(notice, to="福祉局保護課", reason="当課の所管ではないため", by=officer)
    client.force_login(person_at(notice.division, Role.VIEWER))

    page = client.get(page_of(notice) + "?show=declined")

    assert [row.organization for row in page.context["rows"]] == [places[2]]
    assert [tab["count"] for tab in page.context["tabs"]] == [None, 3, 3, 1, 5]
    for text in ("福祉局保護課", "当課の所管ではないため", officer.name):
        assertContains(page, text)
    assert listed(client, notice, "?show=unacknowledged") == ["010006", "020028", "bureau"]
