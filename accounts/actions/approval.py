"""Whether an organization's answers to surveys need the approval of a second person."""

from django.db import transaction

from accounts.models import Membership, Organization, User
from accounts.permissions import administered_organization
from accounts.states import Role
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand

TWO_PEOPLE = (
    "決裁者と、ほかに起案又は決裁をする人がいるため、決裁を省略できません。"
    "決裁を省略できるのは、回答に携わる人が一人の機関だけです。"
)


@transaction.atomic
def set_answers_approval(organization: Organization, *, needed: bool, by: User) -> bool:
    """Switch the approval of answers on or off; return whether that is new.

    Raises PermissionDenied for others than its 機関管理者, Refused for switching it off where an
    approver and another person could take part.
    """
    demand(administered_organization(by) == organization)
    current = Organization.objects.select_for_update().get(pk=organization.pk)
    if current.answers_need_approval == needed:
        return False
    if not needed and could_approve(current):
        raise Refused(TWO_PEOPLE)
    Organization.objects.filter(pk=current.pk).update(answers_need_approval=needed)
    record("organization.answers_approval_set", current, by=by, needed=needed)
    return True


def could_approve(organization: Organization) -> bool:
    """Whether there is an approver, and another person who drafts or approves, today."""
    places = Membership.objects.active().filter(
        division__organization=organization,
        user__is_active=True,
        roles__overlap=[Role.DRAFTER, Role.APPROVER],
    )
    roles: dict[int, set[str]] = {}
    for person, held in places.values_list("user", "roles"):
        roles.setdefault(person, set()).update(held)
    return len(roles) > 1 and any(Role.APPROVER in held for held in roles.values())
