import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.states import Role
from notices.actions.receiving import acknowledge, open_delivery
from notices.models import Delivery, Reading
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import OrganizationFactory, UserFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db


def test_opening_marks_it_read_for_the_person_and_opened_for_the_organization() -> None:
    village = OrganizationFactory.create()
    viewer = person_at(village, Role.VIEWER)
    notice = published(to=[village])

    open_delivery(notice, by=viewer)

    delivery = Delivery.objects.get()
    assert delivery.opened_by == viewer
    assert delivery.opened_at is not None
    assert Reading.objects.get().user == viewer
    assert AuditEvent.objects.get(action="delivery.opened").target_id == delivery.pk


def test_opening_again_keeps_the_first_time_and_person() -> None:
    village = OrganizationFactory.create()
    first, second = person_at(village), person_at(village)
    notice = published(to=[village])
    open_delivery(notice, by=first)
    opened_at = Delivery.objects.get().opened_at

    open_delivery(notice, by=second)
    open_delivery(notice, by=first)

    delivery = Delivery.objects.get()
    assert (delivery.opened_at, delivery.opened_by) == (opened_at, first)
    assert Reading.objects.count() == 2


def test_a_prefecture_opens_nothing_for_its_municipality() -> None:
    village = OrganizationFactory.create()
    assert village.prefecture
    notice = published(to=[village, village.prefecture])

    open_delivery(notice, by=person_at(village.prefecture))

    opened = Delivery.objects.filter(opened_at__isnull=False)
    assert [delivery.organization for delivery in opened] == [village.prefecture]


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.APPROVER, Role.ORG_ADMIN])
def test_acknowledging_is_the_organizations_and_opens_what_was_unopened(role: Role) -> None:
    village, town = OrganizationFactory.create_batch(2)
    officer = person_at(village, role)
    notice = published(to=[village, town])

    new = acknowledge(notice, by=officer)

    delivery = Delivery.objects.get(organization=village)
    assert (new, delivery.acknowledged_by, delivery.opened_by) == (1, officer, officer)
    assert Delivery.objects.get(organization=town).acknowledged_at is None
    assert AuditEvent.objects.get(action="delivery.acknowledged").actor_id == officer.pk


def test_acknowledging_twice_changes_nothing_more() -> None:
    village = OrganizationFactory.create()
    first, second = person_at(village), person_at(village)
    notice = published(to=[village])
    acknowledge(notice, by=first)

    assert acknowledge(notice, by=second) == 0

    assert Delivery.objects.get().acknowledged_by == first
    assert AuditEvent.objects.filter(action="delivery.acknowledged").count() == 1


def viewer_of_addressee() -> User:
    return person_at(OrganizationFactory.create(name="宛先村"), Role.VIEWER)


def officer_elsewhere() -> User:
    OrganizationFactory.create(name="宛先村")
    return person_at(OrganizationFactory.create())


def nobody_anywhere() -> User:
    OrganizationFactory.create(name="宛先村")
    return UserFactory.create()


@pytest.mark.parametrize("make", [viewer_of_addressee, officer_elsewhere, nobody_anywhere])
def test_others_may_not_acknowledge(make: "type[User]") -> None:
    person = make()
    notice = published(to=OrganizationFactory._meta.model.objects.filter(name="宛先村"))

    with pytest.raises(PermissionDenied):
        acknowledge(notice, by=person)

    assert Delivery.objects.get().opened_at is None
