from collections.abc import Callable

import pytest

from accounts.models import User
from accounts.states import Role
from notices import permissions
from notices.models import Delivery, Notice
from notices.states import VersionState
from tests.factories.accounts import (
    DivisionFactory,
    MinistryFactory,
    OrganizationFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import a_draft, in_review, published, version_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "drafts"),
    [(Role.DRAFTER, True), (Role.APPROVER, False), (Role.VIEWER, False), (Role.ORG_ADMIN, False)],
)
def test_the_ministrys_drafters_draft(role: Role, drafts: bool) -> None:
    assert permissions.can_draft(person_at(DivisionFactory.create(), role)) is drafts


def test_nobody_outside_the_ministry_drafts() -> None:
    assert permissions.can_draft(person_at(OrganizationFactory.create())) is False


@pytest.mark.parametrize(
    ("state", "editable"),
    [
        (VersionState.DRAFT, True),
        (VersionState.RETURNED, True),
        (VersionState.IN_REVIEW, False),
    ],
)
def test_editing_and_submitting_end_with_the_review(state: VersionState, editable: bool) -> None:
    notice = a_draft()
    version = version_of(notice)
    version.state = state

    assert permissions.can_edit(notice.created_by, version) is editable
    assert permissions.can_submit(notice.created_by, version) is editable


def drafter(notice: Notice) -> User:
    return person_at(notice.division, Role.DRAFTER)


def approver(notice: Notice) -> User:
    return person_at(notice.division, Role.APPROVER)


def approver_elsewhere(notice: Notice) -> User:
    return person_at(DivisionFactory.create(), Role.APPROVER)


def approver_who_began_it(notice: Notice) -> User:
    author = notice.created_by
    author.memberships.update(roles=[Role.DRAFTER, Role.APPROVER])
    both: User = User.objects.get(pk=author.pk)
    return both


@pytest.mark.parametrize(
    ("person", "publishes", "returns"),
    [
        (drafter, False, False),
        (approver, True, True),
        (approver_elsewhere, False, False),
        (approver_who_began_it, False, True),
    ],
)
def test_a_second_person_publishes(
    person: Callable[[Notice], User], publishes: bool, returns: bool
) -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    user = person(notice)

    assert permissions.can_publish(user, version_of(notice)) is publishes
    assert permissions.can_return(user, version_of(notice)) is returns


def test_nothing_is_published_or_returned_before_or_after_the_review() -> None:
    for notice in (a_draft(), published(to=[OrganizationFactory.create()])):
        user = approver(notice)

        assert permissions.can_publish(user, version_of(notice)) is False
        assert permissions.can_return(user, version_of(notice)) is False


@pytest.mark.parametrize(
    ("role", "confirms"),
    [
        (Role.DRAFTER, True),
        (Role.APPROVER, True),
        (Role.ORG_ADMIN, True),
        (Role.VIEWER, False),
        (Role.AUDITOR, False),
        (Role.SYSTEM_ADMIN, False),
    ],
)
def test_viewers_only_read(role: Role, confirms: bool) -> None:
    village = OrganizationFactory.create()
    delivery = Delivery(organization=village)

    assert permissions.can_acknowledge(person_at(village, role), delivery) is confirms


def test_a_prefecture_confirms_nothing_for_its_municipality() -> None:
    village = OrganizationFactory.create()
    assert village.prefecture
    delivery = Delivery(organization=village)

    assert permissions.can_acknowledge(person_at(village.prefecture), delivery) is False


def test_who_has_an_area_follows_the_ministry_follows_all_a_municipality_nothing() -> None:
    village = OrganizationFactory.create()
    assert village.prefecture
    notice = published(to=[village])
    places = [MinistryFactory.create(), RegionalBureauFactory.create(), village.prefecture, village]

    follows = [permissions.can_follow(person_at(place, Role.VIEWER), notice) for place in places]

    assert follows == [True, True, True, False]


def test_a_draft_has_nothing_to_follow() -> None:
    assert permissions.can_follow(person_at(MinistryFactory.create()), a_draft()) is False
