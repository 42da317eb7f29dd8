"""What a person may do for their organization."""

from accounts.models import Organization, User
from accounts.states import Level, Role


def administered_organization(user: User) -> Organization | None:
    """The organization whose divisions the person keeps as 機関管理者, the first one of several;
    None for anybody else. The ministry's divisions come from the official list.
    """
    return next(
        (
            m.division.organization
            for m in user.active_memberships
            if Role.ORG_ADMIN in m.roles and m.division.organization.level != Level.MINISTRY
        ),
        None,
    )


def may_see_disasters(user: User) -> bool:
    """The ministry's people: they run the surveys whose reminders a disaster suspends."""
    return user.is_at(Level.MINISTRY)


def may_declare_disasters(user: User) -> bool:
    """The ministry's approvers and administrators."""
    return any(
        m.division.organization.level == Level.MINISTRY
        and {Role.APPROVER, Role.SYSTEM_ADMIN} & set(m.roles)
        for m in user.active_memberships
    )
