"""Each test holds people who could be told by mistake."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organization, User
from accounts.states import Role
from notices.models import Delivery
from notices.routing import people_dealing_with, people_to_tell
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import published, routed, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


def told(*organizations: Organization, topics: tuple[str, ...] = ()) -> set[User]:
    places = Organization.objects.filter(pk__in=[one.pk for one in organizations])
    return set(people_to_tell(places, topics=[topic(name) for name in topics]))


def test_without_topics_the_active_people_at_the_windows_are_told(village: Organization) -> None:
    at_window = person_at(village)
    person_at(OrganizationFactory.create())
    person_at(DivisionFactory.create(organization=village))
    gone = person_at(village)
    gone.is_active = False
    gone.save()

    assert told(village) == {at_window}


def test_the_people_of_all_divisions_of_the_topics_are_told_instead(village: Organization) -> None:
    health, elderly, welfare = DivisionFactory.create_batch(3, organization=village)
    routed("予防接種", to=health)
    routed("介護保険", to=elderly)
    routed("生活保護", to=welfare)
    people = {person_at(health), person_at(elderly, Role.VIEWER)}
    for place in (village, welfare):
        person_at(place)

    assert told(village, topics=("予防接種", "介護保険")) == people


def test_an_unmapped_topic_and_another_organization_go_to_their_windows(
    village: Organization,
) -> None:
    other = OrganizationFactory.create()
    routed("予防接種", to=DivisionFactory.create(organization=village))
    windows = {person_at(village), person_at(other)}

    assert told(village, other, topics=("介護保険",)) == windows


def test_where_nobody_is_left_in_the_division_the_window_is_told(village: Organization) -> None:
    section = DivisionFactory.create(organization=village)
    routed("予防接種", to=section)
    at_window, gone = person_at(village), person_at(section)
    gone.is_active = False
    gone.save()

    assert told(village, topics=("予防接種",)) == {at_window}


def test_a_closed_division_deals_with_nothing(village: Organization) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    closed = DivisionFactory.create(organization=village, valid_to=yesterday)
    routed("予防接種", to=closed)
    at_window = person_at(village)
    person_at(closed)
    published(to=[village], topics=[topic("予防接種")])

    assert Delivery.objects.get().division is None
    assert told(village, topics=("予防接種",)) == {at_window}


def test_publishing_leads_each_delivery_to_the_division_of_its_first_topic(
    village: Organization,
) -> None:
    other = OrganizationFactory.create()
    health, elderly = DivisionFactory.create_batch(2, organization=village)
    routed("B 予防接種", to=health)
    routed("A 介護保険", to=elderly)
    people = [person_at(place) for place in (health, elderly, other)]
    person_at(village)

    published(to=[village, other], topics=[topic("B 予防接種"), topic("A 介護保険")])

    rows = Delivery.objects.order_by("pk").values_list("organization", "division")
    assert set(rows) == {(village.pk, elderly.pk), (other.pk, None)}
    assert set(OutboxMessage.objects.values_list("person", flat=True)) == {p.pk for p in people}


def test_those_who_deal_with_a_delivery_are_those_to_whom_it_was_handed(
    village: Organization,
) -> None:
    other, third = OrganizationFactory.create_batch(2)
    section = DivisionFactory.create(organization=village)
    closed = DivisionFactory.create(
        organization=third, valid_to=timezone.localdate() - timedelta(days=1)
    )
    people = {person_at(place) for place in (section, other, third)}
    for place in (village, closed, OrganizationFactory.create()):
        person_at(place)
    published(to=[village, other, third])
    Delivery.objects.filter(organization=village).update(division=section)
    Delivery.objects.filter(organization=third).update(division=closed)

    assert set(people_dealing_with(Delivery.objects.all())) == people
