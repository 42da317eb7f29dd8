"""Declaring a disaster for organizations, and its end."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import Disaster, Organization, User
from accounts.permissions import may_declare_disasters
from accounts.states import Level
from onepublic.audit.models import record
from onepublic.core.errors import demand


@transaction.atomic
def declare_disaster(
    *,
    by: User,
    name: str,
    since: date,
    until: date | None,
    organizations: Iterable[Organization],
    with_area: bool = False,
) -> Disaster:
    """From its first day on nobody at these organizations is reminded of a survey.

    ``with_area`` adds the municipalities of the prefectures named. Raises PermissionDenied for
    others than the ministry's approvers and administrators.
    """
    demand(may_declare_disasters(by))
    keys = {each.pk for each in organizations}
    if with_area:
        inside = Organization.objects.in_force().filter(
            level=Level.MUNICIPALITY, prefecture__in=keys
        )
        keys |= set(inside.values_list("pk", flat=True))
    disaster = Disaster.objects.create(name=name, since=since, until=until, declared_by=by)
    disaster.organizations.set(keys)
    record("disaster.declared", disaster, by=by, name=name, organizations=len(keys))
    return disaster


@transaction.atomic
def end_disaster(disaster: Disaster, *, by: User, until: date) -> None:
    """Set its last day. Raises PermissionDenied as above."""
    demand(may_declare_disasters(by))
    held = Disaster.objects.select_for_update().get(pk=disaster.pk)
    held.until = until
    held.save(update_fields=["until"])
    record("disaster.ended", held, by=by, until=until.isoformat())
