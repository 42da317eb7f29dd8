from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.states import Role
from notices.actions.passing_on import decline, hand_over
from notices.actions.receiving import acknowledge, mark_done, open_delivery
from notices.models import Notice
from tests.factories.accounts import (
    DivisionFactory,
    MinistryFactory,
    OrganizationFactory,
    person_at,
)
from tests.factories.notices import asking, in_review, published, routed, topic

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
        ("対応待ち", 0),
        ("自分の課室", 3),
        ("所管外", 0),
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

    # session, user, memberships, keys, rows, notices and readings of the page, seven tabs,
    # topics and bureaus to narrow by, divisions to hand over to, two counts of the navigation
    with django_assert_num_queries(21):
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


def test_the_tab_to_act_on_begins_with_what_is_due_first(
    client: Client, village: Organization
) -> None:
    me = person_at(village)
    days = (date(2026, 12, 11), date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 1))
    notices = [asking(to=[village], due_on=day) for day in days]
    mark_done(notices[3], by=me)
    decline(asking(to=[village], due_on=days[0]), to="福祉局", reason="所管外", by=me)
    published(to=[village], due_on=days[1])
    client.force_login(me)

    assert listed(client, "?show=act") == [notices[1], notices[0], notices[2]]
    assert len(listed(client, "?show=declined")) == 1
    offered = [client.get(f"{INBOX}{q}").context["hand_over_form"] for q in ("", "?show=declined")]
    assert [form is None for form in offered] == [False, True]


def test_the_own_divisions_are_those_of_routes_and_hand_overs(
    client: Client, village: Organization
) -> None:
    health, closed = DivisionFactory.create_batch(2, organization=village)
    routed("予防接種", to=health)
    at_window, at_health = person_at(village), person_at(health)
    mapped = published(to=[village], topics=[topic("予防接種")])
    unmapped, handed, left = [published(to=[village]) for _ in range(3)]
    hand_over(handed, to=health, remark="", by=at_window)
    hand_over(left, to=closed, remark="", by=at_window)
    closed.valid_to = timezone.localdate() - timedelta(days=1)
    closed.save()

    client.force_login(at_health)
    assert listed(client, "?show=mine") == [handed, mapped]
    client.force_login(at_window)
    assert listed(client, "?show=mine") == [left, unmapped]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?importance=urgent", ["urgent"]),
        ("?category=request", ["request"]),
        ("?bureau=医政局", ["bureau"]),
        ("?due=late", ["late"]),
        ("?due=week", ["soon"]),
        ("?due=dated&show=unread", ["soon", "late"]),
        ("?since=2999-01-01", []),
        ("?until=R8.1.1", []),
        (
            "?topic=999&importance=x&due=x&since=%00",
            ["soon", "late", "bureau", "request", "urgent"],
        ),
    ],
)
def test_filters_narrow_and_what_cannot_be_read_is_left_out(
    client: Client, village: Organization, query: str, wanted: list[str]
) -> None:
    today = timezone.localdate()
    division = DivisionFactory.create(bureau_name="医政局")
    notices = {
        "urgent": published(to=[village], importance="urgent"),
        "request": published(to=[village], category="request"),
        "bureau": published(to=[village], division=division),
        "late": published(to=[village], due_on=today - timedelta(days=1)),
        "soon": published(to=[village], due_on=today + timedelta(days=7)),
    }
    client.force_login(person_at(village))

    assert listed(client, query) == [notices[name] for name in wanted]


def test_a_topic_narrows_to_its_notices_and_stays_in_the_tabs(
    client: Client, village: Organization
) -> None:
    vaccines = topic("予防接種")
    notice = published(to=[village], topics=[vaccines])
    published(to=[village], topics=[topic("介護保険")])
    client.force_login(person_at(village))

    page = client.get(INBOX, {"topic": vaccines.pk})

    assert [row.notice for row in page.context["page"].rows] == [notice]
    assert [tab["count"] for tab in page.context["tabs"]] == [1, 1, 1, 1, 0, 1, 0]
    assert all(f"topic={vaccines.pk}" in tab["url"] for tab in page.context["tabs"])


def test_what_the_person_has_not_read_is_marked(client: Client, village: Organization) -> None:
    me, colleague = person_at(village), person_at(village)
    read, unread = published(to=[village]), published(to=[village])
    open_delivery(read, by=me)
    open_delivery(unread, by=colleague)
    client.force_login(me)

    page = client.get(INBOX)

    rows = page.context["page"].rows
    marks = [(row.notice, bool(row.notice.own_readings)) for row in rows]
    assert marks == [(unread, False), (read, True)]
    assert page.text.count('<tr class="unread">') == 1
