from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Disaster
from accounts.states import Role
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/disasters/"


@pytest.fixture
def approver(client: Client) -> Client:
    """Signed in as an approver of the ministry."""
    client.force_login(person_at(DivisionFactory.create(), Role.APPROVER))
    return client


def said(**changed: str) -> dict[str, str]:
    return {"name": "7月豪雨", "since": "令和8年7月1日", "until": "", "places": ""} | changed


def test_a_disaster_is_declared_for_those_that_are_named(approver: Client) -> None:
    village, _ = OrganizationFactory.create_batch(2)

    page = approver.post(ADDRESS, said(places=village.full_name), follow=True)

    disaster = Disaster.objects.get()
    assert (disaster.name, disaster.since, disaster.until) == ("7月豪雨", date(2026, 7, 1), None)
    assert list(disaster.organizations.all()) == [village]
    assert "1機関について登録しました。" in page.content.decode()


def test_a_whole_prefecture_with_its_municipalities(approver: Client) -> None:
    prefecture = PrefectureFactory.create()
    villages = OrganizationFactory.create_batch(2, prefecture=prefecture)
    OrganizationFactory.create()

    approver.post(ADDRESS, said(places=prefecture.code, with_area="on"))

    found = Disaster.objects.get().organizations.order_by("pk")
    assert list(found) == sorted([prefecture, *villages], key=lambda each: each.pk)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"places": "どこか"}, "places"),
        ({"places": ""}, "places"),
        ({"name": ""}, "name"),
        ({"since": "いつか"}, "since"),
        ({"until": "2026-06-30"}, "until"),
    ],
)
def test_bad_input_stays(approver: Client, changed: dict[str, str], wrong: str) -> None:
    village = OrganizationFactory.create()

    page = approver.post(ADDRESS, said(places=village.code) | changed)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [wrong])
    assert Disaster.objects.count() == 0


def test_it_ends_on_a_day(approver: Client) -> None:
    village = OrganizationFactory.create()
    approver.post(ADDRESS, said(places=village.code))
    disaster = Disaster.objects.get()
    today = timezone.localdate()

    early = approver.post(f"{ADDRESS}{disaster.pk}/", {"until": "2026-06-30"})
    approver.post(f"{ADDRESS}{disaster.pk}/", {"until": today.isoformat()})

    disaster.refresh_from_db()
    assert (early.status_code, disaster.until) == (422, today)
    assert list(Disaster.objects.in_force(today)) == [disaster]
    assert list(Disaster.objects.in_force(today + timedelta(days=1))) == []
