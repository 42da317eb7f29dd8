"""The feeds as the programs of a person read them, who have signed in nowhere."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Membership, Organization, User
from notices.states import Category
from onepublic.feeds import limits
from onepublic.feeds.actions import issue, revoke
from onepublic.feeds.models import FeedAddress
from onepublic.feeds.notices import NEWEST
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["feeds:notices", "feeds:due"]


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def reader(village: Organization) -> User:
    return person_at(village)


@pytest.fixture
def token(reader: User) -> str:
    return issue(reader, seen=0).token


def entries(client: Client, token: str) -> list[ET.Element]:
    response = client.get(reverse("feeds:notices", args=[token]))
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own


def texts(entry: ET.Element) -> dict[str, str | None]:
    return {child.tag.removeprefix(ATOM): child.text for child in entry}


def events(client: Client, token: str) -> list[dict[str, object]]:
    response = client.get(reverse("feeds:due", args=[token]))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return [
        {
            "uid": str(event["uid"]),
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "summary": str(event["summary"]),
            "url": str(event["url"]),
        }
        for event in calendar.walk("VEVENT")
    ]


def test_a_notice_is_a_pointer_without_its_content(
    client: Client, village: Organization, token: str, settings: Settings
) -> None:
    notice = published(
        to=[village],
        number="医政発1123第1号",
        title="相談体制 <改正> & 経過",
        body="秘密の本文",
        due_on=date(2026, 12, 11),
    )

    (entry,) = entries(client, token)

    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{settings.PORTAL_URL}/notices/{notice.pk}/"
    found = texts(entry)
    assert found["title"] == "医政発1123第1号　相談体制 <改正> & 経過"
    assert found["summary"] == (
        f"通知／発出元：{notice.division.full_name}／対応の期限：令和８年12月11日（金）"
    )
    assert "秘密の本文" not in "".join(str(text) for text in found.values())


def test_it_holds_what_the_person_may_see_the_newest_first(
    client: Client, village: Organization, token: str
) -> None:
    other = OrganizationFactory.create()
    unnumbered: dict[str, Any] = {"category": Category.ADMIN_MESSAGE, "number": ""}
    published(to=[village], title="一", **unnumbered)
    published(to=[other], title="他村宛て", **unnumbered)
    published(to=[village, other], title="二", **unnumbered)

    titles = [texts(entry)["title"] for entry in entries(client, token)]

    assert titles == ["二", "一"]


def test_it_ends_with_the_fiftieth(
    client: Client, village: Organization, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onepublic.feeds.notices.NEWEST", 2)
    for _ in range(3):
        published(to=[village])

    assert len(entries(client, token)) == 2
    assert NEWEST == 50


def test_due_dates_are_whole_days_with_an_identifier_that_stays(
    client: Client, village: Organization, reader: User, token: str, settings: Settings
) -> None:
    day = timezone.localdate() + timedelta(days=7)
    notice = published(to=[village], title="報告; 提出, 様式", due_on=day)
    survey = running_survey(village, title="体制調査", due_on=day)
    asked = assignment_of(survey, village)

    before = events(client, token)
    submitted(asked, reader)
    after = events(client, token)

    assert before == [
        {
            "uid": f"surveys-assignments-{asked.pk}@127.0.0.1",
            "start": day,
            "end": day + timedelta(days=1),
            "summary": "【調査】体制調査",
            "url": f"{settings.PORTAL_URL}{reverse('surveys:assignment', args=[asked.pk])}",
        },
        {
            "uid": f"notices-{notice.pk}@127.0.0.1",
            "start": day,
            "end": day + timedelta(days=1),
            "summary": "【通知】報告; 提出, 様式",
            "url": f"{settings.PORTAL_URL}/notices/{notice.pk}/",
        },
    ]
    assert {event["uid"] for event in after} == {event["uid"] for event in before}
    assert {event["summary"] for event in after} == {
        "済　【調査】体制調査",
        "【通知】報告; 提出, 様式",
    }


def test_a_notice_to_two_organizations_of_a_person_is_one_event(
    client: Client, village: Organization, reader: User, token: str
) -> None:
    town = OrganizationFactory.create()
    Membership.objects.create(
        user=reader, division=person_at(town).memberships.get().division, roles=["viewer"]
    )
    published(to=[village, town], due_on=timezone.localdate())

    assert len(events(client, token)) == 1


@pytest.mark.parametrize("name", FEEDS)
def test_what_has_not_changed_is_not_sent_again(
    client: Client, village: Organization, token: str, name: str
) -> None:
    url = reverse(name, args=[token])
    first = client.get(url)

    again = client.get(url, headers={"if-none-match": first.headers["ETag"]})
    published(to=[village], due_on=timezone.localdate())
    changed = client.get(url, headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert changed.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("name", FEEDS)
def test_revoked_addresses_and_people_who_left_find_nothing(
    client: Client, reader: User, token: str, name: str
) -> None:
    url = reverse(name, args=[token])
    statuses = [client.get(url).status_code]

    Membership.objects.filter(user=reader).update(
        valid_from=date(2020, 4, 1), valid_to=date(2021, 3, 31)
    )
    statuses.append(client.get(url).status_code)
    Membership.objects.filter(user=reader).update(valid_to=None)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    statuses.append(client.get(url).status_code)
    User.objects.filter(pk=reader.pk).update(is_active=True)
    revoke(reader, seen=FeedAddress.objects.get().pk)
    statuses.append(client.get(url).status_code)

    assert statuses == [200, 404, 404, 404]


def test_a_program_that_asks_too_often_is_told_to_wait(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PER_ADDRESS", 2)
    url = reverse("feeds:due", args=[token])

    answers = [client.get(url) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "3600"


def test_guessing_is_slowed_down_and_hurts_nobody_who_knows(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_MISSES_PER_NETWORK", 2)
    guess = reverse("feeds:due", args=["0" * 64])

    statuses = [client.get(guess).status_code for _ in range(3)]

    assert statuses == [404, 404, 429]
    assert client.get(reverse("feeds:due", args=[token])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("feeds:notices", 3), ("feeds:due", 6)])
def test_it_takes_the_same_queries_however_much_it_holds(
    client: Client,
    village: Organization,
    token: str,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    queries: int,
    count: int,
) -> None:
    for _ in range(count):
        published(to=[village], due_on=timezone.localdate())
        running_survey(village, due_on=timezone.localdate())

    with django_assert_num_queries(queries):
        client.get(reverse(name, args=[token]))
