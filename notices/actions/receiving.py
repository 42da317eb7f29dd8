"""The addressee's side: opening and acknowledging."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices.models import Delivery, Notice, Reading
from notices.permissions import acknowledging_organization_ids
from onepublic.audit.models import record
from onepublic.core.errors import demand


@transaction.atomic
def open_delivery(notice: Notice, *, by: User) -> None:
    """The person has read it, and it is opened for their own organizations.

    Safe to repeat and at the same time: only who comes first is kept. A prefecture that looks at
    what its municipality got opens nothing for the municipality.
    """
    _read(notice, by=by)
    own = Delivery.objects.for_organizations_of(by).filter(notice=notice)
    for delivery in own.unopened().select_for_update():
        delivery.opened_at = timezone.now()
        delivery.opened_by = by
        delivery.save(update_fields=["opened_at", "opened_by"])
        record("delivery.opened", delivery, by=by)


@transaction.atomic
def acknowledge(notice: Notice, *, by: User) -> int:
    """Confirm receipt for the person's organizations; return for how many it was new.

    Raises PermissionDenied when the notice went to none of the organizations for which the
    person may confirm.
    """
    ours = Delivery.objects.filter(
        notice=notice, organization__in=acknowledging_organization_ids(by)
    )
    deliveries = list(ours.select_for_update())
    demand(bool(deliveries))
    open_delivery(notice, by=by)
    waiting = [delivery for delivery in deliveries if delivery.acknowledged_at is None]
    for delivery in waiting:
        delivery.acknowledged_at = timezone.now()
        delivery.acknowledged_by = by
        delivery.save(update_fields=["acknowledged_at", "acknowledged_by"])
        record("delivery.acknowledged", delivery, by=by)
    return len(waiting)


def _read(notice: Notice, *, by: User) -> None:
    """Remember that the person has seen the version that the notice shows now."""
    version = notice.current_version
    Reading.objects.bulk_create(
        [Reading(user=by, notice=notice, sequence=version.sequence if version else 1)],
        update_conflicts=True,
        unique_fields=["user", "notice"],
        update_fields=["sequence", "outdated"],
    )
