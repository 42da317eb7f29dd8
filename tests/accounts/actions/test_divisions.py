"""Each test holds an organization whose divisions are none of the person's business."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.actions.divisions import add_division, close_division, rename_division
from accounts.models import Division, Organization, User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from tests.factories.accounts import (
    DivisionFactory,
    MinistryFactory,
    OrganizationFactory,
    person_at,
    window_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def admin(village: Organization) -> User:
    return person_at(village, Role.ORG_ADMIN)


def in_force(organization: Organization) -> list[str]:
    rows = Division.objects.in_force().filter(organization=organization, is_window=False)
    return list(rows.values_list("name", flat=True))


def test_a_division_is_added_once_under_one_name(village: Organization, admin: User) -> None:
    DivisionFactory.create(name="保健課", organization=OrganizationFactory.create())

    added = add_division(village, name="保健課", by=admin)
    with pytest.raises(Refused, match="同じ名称の課室があります"):
        add_division(village, name="保健課", by=admin)

    assert in_force(village) == ["保健課"]
    assert AuditEvent.objects.get(action="division.added").target_id == added.pk


def test_it_is_renamed_and_the_old_name_remembered(village: Organization, admin: User) -> None:
    add_division(village, name="福祉課", by=admin)
    section = add_division(village, name="保健課", by=admin)

    changed = [rename_division(section, name="健康課", by=admin) for _ in range(2)]
    with pytest.raises(Refused, match="同じ名称の課室があります"):
        rename_division(section, name="福祉課", by=admin)

    assert (changed, in_force(village)) == ([True, False], ["福祉課", "健康課"])
    assert AuditEvent.objects.get(action="division.renamed").detail["before"] == "保健課"


def test_a_closed_one_is_gone_and_its_name_free_again(village: Organization, admin: User) -> None:
    section = add_division(village, name="保健課", by=admin)

    close_division(section, by=admin)

    assert in_force(village) == []
    with pytest.raises(Stale):
        close_division(section, by=admin)
    assert add_division(village, name="保健課", by=admin).code != section.code


def test_neither_the_window_nor_one_with_people_is_closed(
    village: Organization, admin: User
) -> None:
    section = add_division(village, name="保健課", by=admin)
    person_at(section)

    with pytest.raises(Refused, match="窓口は廃止できません"):
        close_division(window_of(village), by=admin)
    with pytest.raises(Refused, match="所属している人がいる"):
        close_division(section, by=admin)

    assert in_force(village) == ["保健課"]


def test_one_whose_people_have_gone_is_closed(village: Organization, admin: User) -> None:
    section = add_division(village, name="保健課", by=admin)
    yesterday = timezone.localdate() - timedelta(days=1)
    person_at(section).memberships.update(valid_from=yesterday, valid_to=yesterday)

    close_division(section, by=admin)

    assert in_force(village) == []


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.VIEWER])
def test_only_the_organizations_own_administrator_may(village: Organization, role: Role) -> None:
    section = DivisionFactory.create(organization=village, name="保健課")
    foreign = person_at(OrganizationFactory.create(), Role.ORG_ADMIN)

    for person in (person_at(village, role), foreign):
        with pytest.raises(PermissionDenied):
            add_division(village, name="福祉課", by=person)
        with pytest.raises(PermissionDenied):
            rename_division(section, name="福祉課", by=person)
        with pytest.raises(PermissionDenied):
            close_division(section, by=person)

    assert in_force(village) == ["保健課"]


def test_the_ministrys_divisions_come_from_the_official_list() -> None:
    ministry = MinistryFactory.create()

    with pytest.raises(PermissionDenied):
        add_division(ministry, name="新課", by=person_at(ministry, Role.ORG_ADMIN))
