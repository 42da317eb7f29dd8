import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.states import Role
from notices.actions.receiving import acknowledge, open_delivery
from notices.models import Notice
from tests.factories.accounts import MinistryFactory, OrganizationFactory, person_at
from tests.factories.notices import in_review, published

pytestmark = pytest.mark.django_db
INBOX = reverse("notices:inbox")


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


def listed(client: Client, query: str = "") -> list[Notice]:
    return [row.notice for row in client.get(INBOX + query).context["page"].rows]


def test_it_lists_what_was_delivered_here_newest_first(
    client: Client, village: Organization
) -> None:
    first, second = published(to=[village]), published(to=[village])
    assert village.prefecture
    published(to=[OrganizationFactory.create(), village.prefecture])
    in_review(to=[village])
    client.force_login(person_at(village, Role.VIEWER))

    assert listed(client) == [second, first]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["acknowledged", "opened", "read", "new"]),
        ("?show=unread", ["acknowledged", "opened", "new"]),
        ("?show=unopened", ["new"]),
        ("?show=unacknowledged", ["opened", "read", "new"]),
        ("?show=nonsense", ["acknowledged", "opened", "read", "new"]),
        ("?q=READ", ["read"]),
        ("?q=ｒｅａｄ&show=unread", []),
    ],
)
def test_it_narrows_to_what_waits(
    client: Client, village: Organization, query: str, wanted: list[str]
) -> None:
    notices = {
        title: published(to=[village], title=title)
        for title in ("new", "read", "opened", "acknowledged")
    }
    me, colleague = person_at(village), person_at(village)
    open_delivery(notices["read"], by=me)
    open_delivery(notices["opened"], by=colleague)
    acknowledge(notices["acknowledged"], by=colleague)
    client.force_login(me)

    assert listed(client, query) == [notices[title] for title in wanted]


def test_the_tabs_count_what_they_show(client: Client, village: Organization) -> None:
    me = person_at(village)
    acknowledge(published(to=[village]), by=person_at(village))
    open_delivery(published(to=[village]), by=me)
    published(to=[village])
    client.force_login(me)

    tabs = client.get(INBOX).context["tabs"]

    assert [(tab["label"], tab["count"]) for tab in tabs] == [
        ("すべて", 3),
        ("自分が未読", 2),
        ("団体として未開封", 1),
        ("未確認", 2),
    ]


def test_pages_follow_each_other(client: Client, village: Organization) -> None:
    notices = [published(to=[village]) for _ in range(51)]
    client.force_login(person_at(village))

    first = client.get(INBOX).context["page"]
    second = client.get(INBOX, {"cursor": first.next_cursor}).context["page"]

    assert [row.notice for row in [*first.rows, *second.rows]] == notices[::-1]
    assert second.next_cursor is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client: Client,
    village: Organization,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        published(to=[village])
    client.force_login(person_at(village))

    # session, user, memberships, page, four tabs, two counts of the navigation
    with django_assert_num_queries(10):
        client.get(INBOX)


def test_the_ministry_receives_nothing(client: Client, village: Organization) -> None:
    published(to=[village])
    client.force_login(person_at(MinistryFactory.create()))

    assert listed(client) == []


@pytest.mark.parametrize("query", ["?q=%00", "?cursor=%00", "?show=%00", "?q=" + "あ" * 1000])
def test_nonsense_in_the_address_is_no_error(
    client: Client, village: Organization, query: str
) -> None:
    client.force_login(person_at(village))

    assert client.get(INBOX + query).status_code == 200


def test_it_needs_signing_in_and_reading_only(client: Client, village: Organization) -> None:
    assert client.get(INBOX).status_code == 302
    client.force_login(person_at(village))
    assert client.post(INBOX).status_code == 405
