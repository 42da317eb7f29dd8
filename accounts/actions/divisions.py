"""An organization outside the ministry keeps its divisions itself."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Division, Membership, Organization, User
from accounts.permissions import administered_organization
from accounts.states import DivisionKind
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand

TAKEN = "同じ名称の課室があります。別の名称を入力してください。"
WINDOW = "窓口は廃止できません。"
INHABITED = "所属している人がいるため、廃止できません。先に所属を移してください。"
GONE = "この課室は、すでに廃止されています。"


@transaction.atomic
def add_division(organization: Organization, *, name: str, by: User) -> Division:
    """A new division, from today on; raises Refused for a name that is taken."""
    _lock(organization, by=by)
    _demand_free(organization, name)
    number = organization.divisions.count() + 1
    division = Division.objects.create(
        organization=organization,
        code=f"own-{number}",
        name=name,
        kind=DivisionKind.DIVISION,
        valid_from=timezone.localdate(),
    )
    record("division.added", division, by=by, name=name)
    return division


@transaction.atomic
def rename_division(division: Division, *, name: str, by: User) -> bool:
    """Call it otherwise; return whether that is new. Raises Refused for a name that is taken."""
    current = _locked(division, by=by)
    if current.name == name:
        return False
    _demand_free(current.organization, name)
    record("division.renamed", current, by=by, before=current.name, name=name)
    Division.objects.filter(pk=current.pk).update(name=name)
    return True


@transaction.atomic
def close_division(division: Division, *, by: User) -> None:
    """It exists no longer: what it dealt with goes to the window.

    Raises Refused for the window itself and for a division in which people have places.
    """
    current = _locked(division, by=by)
    if current.is_window:
        raise Refused(WINDOW)
    if Membership.objects.active().filter(division=current, user__is_active=True).exists():
        raise Refused(INHABITED)
    yesterday = timezone.localdate() - timedelta(days=1)
    Division.objects.filter(pk=current.pk).update(valid_to=yesterday)
    record("division.closed", current, by=by, name=current.name)


def _locked(division: Division, *, by: User) -> Division:
    """The division as it is now, under its organization's lock; raises Stale when it is closed."""
    _lock(division.organization, by=by)
    found = Division.objects.in_force().select_related("organization").filter(pk=division.pk)
    if (current := found.first()) is None:
        raise Stale(GONE)
    return current


def _lock(organization: Organization, *, by: User) -> None:
    """Hold the organization, so that two people never give one name twice."""
    demand(administered_organization(by) == organization)
    Organization.objects.select_for_update().get(pk=organization.pk)


def _demand_free(organization: Organization, name: str) -> None:
    if organization.divisions.in_force().filter(name=name).exists():
        raise Refused(TAKEN)
