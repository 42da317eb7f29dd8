from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.states import Role
from notices.actions.passing_on import decline
from notices.actions.receiving import (
    acknowledge,
    acknowledge_several,
    mark_done,
    open_delivery,
    undo_done,
)
from notices.models import Delivery, Notice, Reading
from notices.states import NoticeState
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from tests.factories.accounts import OrganizationFactory, UserFactory, person_at
from tests.factories.notices import asking, published

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


DUE_ON = date(2026, 12, 11)


def test_what_was_asked_can_be_done_which_confirms_receipt_too() -> None:
    village, town = OrganizationFactory.create_batch(2)
    officer = person_at(village)
    notice = asking(to=[village, town], due_on=DUE_ON)

    new = [mark_done(notice, by=officer), mark_done(notice, by=person_at(village))]

    delivery = Delivery.objects.get(organization=village)
    assert new == [1, 0]
    assert delivery.due_on == DUE_ON
    assert {delivery.done_by, delivery.acknowledged_by, delivery.opened_by} == {officer}
    assert Delivery.objects.get(organization=town).done_at is None
    assert AuditEvent.objects.filter(action="delivery.done").count() == 1


def test_done_can_be_taken_back_and_is_remembered() -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    notice = asking(to=[village], due_on=DUE_ON)
    mark_done(notice, by=officer)

    changed = [undo_done(notice, by=officer), undo_done(notice, by=officer)]

    delivery = Delivery.objects.get()
    assert (changed, delivery.done_at, delivery.acknowledged_by) == ([1, 0], None, officer)
    assert AuditEvent.objects.filter(action="delivery.done_undone").count() == 1


def test_what_asks_for_nothing_by_a_day_cannot_be_done() -> None:
    village = OrganizationFactory.create()
    notice = published(to=[village], due_on=DUE_ON)

    with pytest.raises(Refused, match="期限までの対応を求めるものではありません"):
        mark_done(notice, by=person_at(village))

    assert Delivery.objects.get().acknowledged_at is None


def test_a_withdrawn_notice_asks_for_nothing_more() -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    notice = asking(to=[village], due_on=DUE_ON)
    Notice.objects.update(
        state=NoticeState.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_by=officer,
        withdrawal_reason="誤り",
    )

    for verb in (acknowledge, mark_done):
        with pytest.raises(Refused, match="取り下げられている"):
            verb(notice, by=officer)
    assert acknowledge_several([Delivery.objects.get().pk], by=officer) == 0
    received = Delivery.objects.for_organizations_of(officer)
    assert received.unacknowledged().count() == received.to_act_on().count() == 0


def test_several_are_confirmed_at_once_and_only_the_own_ones() -> None:
    village, town = OrganizationFactory.create_batch(2)
    officer = person_at(village)
    notices = [published(to=[village, town]) for _ in range(3)]
    acknowledge(notices[0], by=person_at(village))
    decline(notices[1], to="福祉局", reason="所管外", by=officer)
    everything = list(Delivery.objects.values_list("pk", flat=True))

    new = acknowledge_several(everything, by=officer)

    confirmed = Delivery.objects.get(acknowledged_by=officer)
    assert (new, confirmed.organization, confirmed.notice) == (1, village, notices[2])
    assert confirmed.opened_by == officer
    assert not Reading.objects.filter(user=officer, notice=notices[2]).exists()
    events = AuditEvent.objects.filter(action="delivery.acknowledged", actor=officer)
    assert [event.target_id for event in events] == [confirmed.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_confirming_many_costs_the_same_as_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    for _ in range(count):
        published(to=[village])
    keys = list(Delivery.objects.values_list("pk", flat=True))
    assert officer.active_memberships

    # savepoint and its release, the rows, then opened and acknowledged: rows and events of each
    with django_assert_num_queries(7):
        acknowledge_several(keys, by=officer)
