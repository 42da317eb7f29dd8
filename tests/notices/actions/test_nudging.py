from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization, User
from accounts.states import Role
from notices.actions.nudging import nudge
from notices.actions.receiving import acknowledge, open_delivery
from notices.models import Notice, Nudge
from notices.states import NudgeAim
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import approver_of, published, taken_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture() -> Organization:
    return PrefectureFactory.create(regional_bureau=RegionalBureauFactory.create())


@pytest.fixture
def towns(prefecture: Organization) -> list[Organization]:
    """Two in the prefecture, one elsewhere."""
    inside = OrganizationFactory.create_batch(2, prefecture=prefecture)
    return [*inside, OrganizationFactory.create()]


@pytest.fixture
def officers(towns: list[Organization]) -> list[User]:
    return [person_at(town) for town in towns]


@pytest.fixture
def notice(towns: list[Organization]) -> Notice:
    return published(to=towns)


def told(done: Nudge) -> set[int]:
    mails = OutboxMessage.objects.filter(kind="notice_nudge", subject_id=done.pk)
    return set(mails.values_list("person", flat=True))


def keys(*people: User) -> set[int]:
    return {person.pk for person in people}


def test_a_prefecture_reminds_those_of_its_towns_that_have_not_opened(
    notice: Notice, officers: list[User], prefecture: Organization
) -> None:
    open_delivery(notice, by=officers[0])
    sender = person_at(prefecture, Role.DRAFTER)

    done = nudge(notice, by=sender, aim=NudgeAim.UNOPENED)

    assert told(done) == keys(officers[1])
    assert (done.sender, done.organizations, done.people) == (prefecture, 1, 1)
    event = events_of(notice).last()
    assert event
    assert (event.action, event.detail["organizations"]) == ("notice.nudged", 1)


def test_those_that_opened_and_did_not_acknowledge_may_be_reminded_of_that(
    notice: Notice, officers: list[User], prefecture: Organization
) -> None:
    open_delivery(notice, by=officers[0])
    acknowledge(notice, by=officers[1])

    done = nudge(notice, by=person_at(prefecture), aim=NudgeAim.UNACKNOWLEDGED)

    assert told(done) == keys(officers[0])


def test_a_bureau_reminds_its_area_and_the_issuer_all(
    notice: Notice, officers: list[User], prefecture: Organization
) -> None:
    assert prefecture.regional_bureau
    of_bureau = nudge(notice, by=person_at(prefecture.regional_bureau), aim=NudgeAim.UNOPENED)
    of_issuer = nudge(notice, by=approver_of(notice.division), aim=NudgeAim.UNOPENED)

    assert told(of_bureau) == keys(*officers[:2])
    assert told(of_issuer) == keys(*officers)


def test_what_was_declined_is_left_in_peace(
    notice: Notice, officers: list[User], prefecture: Organization
) -> None:
    declined = notice.deliveries.filter(organization=officers[0].organization)
    declined.update(declined_at=timezone.now(), declined_by=officers[0], declined_to="福祉課")

    done = nudge(notice, by=person_at(prefecture), aim=NudgeAim.UNOPENED)

    assert told(done) == keys(officers[1])


def test_a_sender_reminds_once_a_day_and_hears_when_it_was(
    notice: Notice, officers: list[User], prefecture: Organization
) -> None:
    first, second = person_at(prefecture), person_at(prefecture)
    done = nudge(notice, by=first, aim=NudgeAim.UNOPENED)
    done.refresh_from_db()
    at = f"{timezone.localtime(done.sent_at):%H時%M分}"

    with pytest.raises(Refused, match=f"本日{at}に{first.name}さんが送っています"):
        nudge(notice, by=second, aim=NudgeAim.UNACKNOWLEDGED)

    Nudge.objects.update(sent_on=timezone.localdate() - timedelta(days=1))
    assert told(nudge(notice, by=second, aim=NudgeAim.UNOPENED)) == keys(*officers[:2])


def test_nobody_to_remind_is_said_and_not_counted(
    notice: Notice, officers: list[User], prefecture: Organization
) -> None:
    for officer in officers:
        acknowledge(notice, by=officer)

    for aim in NudgeAim:
        with pytest.raises(Refused, match=f"{aim.label}はありません"):
            nudge(notice, by=person_at(prefecture), aim=aim)
    assert Nudge.objects.count() == 0


def test_others_do_not_remind(
    notice: Notice, towns: list[Organization], prefecture: Organization
) -> None:
    people = [
        person_at(towns[0]),
        person_at(prefecture, Role.VIEWER),
        person_at(PrefectureFactory.create()),
        person_at(DivisionFactory.create()),
        person_at(notice.division, Role.VIEWER),
    ]

    for person in people:
        with pytest.raises(PermissionDenied):
            nudge(notice, by=person, aim=NudgeAim.UNOPENED)


def test_a_withdrawn_notice_is_not_reminded_of(notice: Notice, prefecture: Organization) -> None:
    taken_back(notice)

    with pytest.raises(Stale, match="取り下げ"):
        nudge(notice, by=person_at(prefecture), aim=NudgeAim.UNOPENED)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    towns = OrganizationFactory.create_batch(count)
    notice = published(to=towns)
    for town in towns:
        person_at(town)
    sender = approver_of(notice.division)

    # savepoint, lock, memberships, division, ministry, sent today, count, row, version,
    # mails, their number, audit event, release
    with django_assert_num_queries(13):
        nudge(notice, by=sender, aim=NudgeAim.UNOPENED)
