import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions.approval import set_answers_approval
from accounts.models import Organization
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from tests.factories.accounts import OrganizationFactory, person_at

pytestmark = pytest.mark.django_db


def city() -> Organization:
    return OrganizationFactory.create(answers_need_approval=True)


def needs_approval(organization: Organization) -> bool:
    return Organization.objects.get(pk=organization.pk).answers_need_approval


@pytest.mark.parametrize(
    "others",
    [
        [],
        [(Role.DRAFTER, Role.APPROVER)],
        [(Role.DRAFTER,), (Role.DRAFTER,)],
        [(Role.DRAFTER, Role.APPROVER), (Role.VIEWER,)],
    ],
    ids=["nobody", "one", "no approver", "one and a reader"],
)
def test_one_person_may_do_without_and_it_is_recorded(others: list[tuple[Role, ...]]) -> None:
    organization = city()
    for roles in others:
        person_at(organization, *roles)
    admin = person_at(organization, Role.ORG_ADMIN)

    assert set_answers_approval(organization, needed=False, by=admin) is True

    event = AuditEvent.objects.get(action="organization.answers_approval_set")
    assert needs_approval(organization) is False
    assert (event.actor_id, event.target_id) == (admin.pk, organization.pk)
    assert event.detail == {"needed": False}


@pytest.mark.parametrize("second", [Role.DRAFTER, Role.APPROVER])
def test_where_two_could_take_part_it_stays_on(second: Role) -> None:
    organization = city()
    person_at(organization, Role.APPROVER)
    person_at(organization, second)

    with pytest.raises(Refused, match="一人の機関だけ"):
        set_answers_approval(organization, needed=False, by=person_at(organization, Role.ORG_ADMIN))

    assert needs_approval(organization) is True


def test_only_its_own_admin_switches_it() -> None:
    organization = OrganizationFactory.create()
    admin = person_at(organization, Role.ORG_ADMIN)

    for stranger in (
        person_at(organization),
        person_at(OrganizationFactory.create(), Role.ORG_ADMIN),
    ):
        with pytest.raises(PermissionDenied):
            set_answers_approval(organization, needed=True, by=stranger)
    first = set_answers_approval(organization, needed=True, by=admin)
    again = set_answers_approval(organization, needed=True, by=admin)

    assert (first, again, needs_approval(organization)) == (True, False, True)
    assert AuditEvent.objects.filter(action="organization.answers_approval_set").count() == 1
