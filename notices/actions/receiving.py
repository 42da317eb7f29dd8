"""The addressee's side: opening, confirming receipt, and having done what was asked.

Acts of an organization are safe to repeat and at the same time: the rows are locked, and only who
comes first is kept. They raise PermissionDenied when the notice went to none of the organizations
for which the person may act, and Refused when the state of things does not allow them now.
"""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices.actions.reading import mark_read
from notices.models import Delivery, Notice
from notices.permissions import acknowledging_organization_ids
from notices.querysets import DeliveryQuerySet
from notices.states import NoticeState
from onepublic.audit.models import record_each
from onepublic.core.errors import Refused, demand

WITHDRAWN = "この通知は取り下げられているため、操作は必要ありません。"
DECLINED = "この通知は所管外としています。先に「所管外」を取り消してください。"
NOTHING_ASKED = "この通知は、期限までの対応を求めるものではありません。"


@transaction.atomic
def open_delivery(notice: Notice, *, by: User) -> int | None:
    """The person has read it, and it is opened for their own organizations.

    Returns the sequence of the version that they had read when this is their first look at a
    correction of it, otherwise None. A prefecture that looks at what its municipality got opens
    nothing for the municipality.
    """
    read_before = mark_read(notice, by=by)
    own = Delivery.objects.for_organizations_of(by).filter(notice=notice, opened_at__isnull=True)
    stamp(list(own.select_for_update()), "opened", by=by)
    return read_before


@transaction.atomic
def acknowledge(notice: Notice, *, by: User) -> int:
    """Confirm receipt for the person's organizations; return for how many it was new."""
    received = kept(locked_deliveries(Delivery.objects.filter(notice=notice), by=by))
    open_delivery(notice, by=by)
    return _acknowledge(received, by=by)


@transaction.atomic
def acknowledge_several(deliveries: Collection[int], *, by: User) -> int:
    """Confirm receipt of the deliveries with these keys; return for how many it was new.

    They count as opened by the organization, but the person has not read them. What was
    withdrawn or declined meanwhile is left as it is.
    """
    received = locked_deliveries(Delivery.objects.filter(pk__in=deliveries), by=by)
    waiting = [one for one in received if is_kept(one) and one.acknowledged_at is None]
    stamp([one for one in waiting if one.opened_at is None], "opened", by=by)
    return _acknowledge(waiting, by=by)


@transaction.atomic
def mark_done(notice: Notice, *, by: User) -> int:
    """What the notice asked for is done (対応済み), and so it was received; return as above."""
    received = kept(locked_deliveries(Delivery.objects.filter(notice=notice), by=by))
    asked = [one for one in received if one.due_on is not None]
    if not asked:
        raise Refused(NOTHING_ASKED)
    open_delivery(notice, by=by)
    _acknowledge(asked, by=by)
    return stamp([one for one in asked if one.done_at is None], "done", by=by)


@transaction.atomic
def undo_done(notice: Notice, *, by: User) -> int:
    """It was not done after all; return for how many organizations this changed anything."""
    received = locked_deliveries(Delivery.objects.filter(notice=notice), by=by)
    done = [one for one in received if one.done_at is not None]
    Delivery.objects.filter(pk__in=[one.pk for one in done]).update(done_at=None, done_by=None)
    record_each("delivery.done_undone", done, by=by)
    return len(done)


def locked_deliveries(rows: DeliveryQuerySet, *, by: User) -> list[Delivery]:
    """Those of the rows for whose organizations the person may act, held until the end of the
    transaction; always in one order, so that two people never wait for each other.
    """
    ours = rows.filter(organization__in=acknowledging_organization_ids(by))
    found = list(ours.select_related("notice").select_for_update(of=["self"]).order_by("pk"))
    demand(bool(found))
    return found


def is_kept(delivery: Delivery) -> bool:
    """Whether anything is still asked of the organization."""
    standing = delivery.notice.state == NoticeState.PUBLISHED
    return standing and delivery.declined_at is None


def kept(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Those of one notice that its organizations keep; raises Refused when none is left."""
    if deliveries[0].notice.state != NoticeState.PUBLISHED:
        raise Refused(WITHDRAWN)
    found = [delivery for delivery in deliveries if delivery.declined_at is None]
    if not found:
        raise Refused(DECLINED)
    return found


def stamp(deliveries: Sequence[Delivery], step: str, *, by: User, **detail: str) -> int:
    """Write who took the step (``opened``, ``acknowledged``, ``done``, ``declined``) and when, with
    an audit event for each; return how many they are. ``detail`` goes into columns and events.
    """
    taken = {f"{step}_at": timezone.now(), f"{step}_by": by}
    columns = {f"{step}_{name}": value for name, value in detail.items()}
    if deliveries:
        rows = Delivery.objects.filter(pk__in=[one.pk for one in deliveries])
        rows.update(**taken, **columns)
        record_each(f"delivery.{step}", deliveries, by=by, **detail)
    return len(deliveries)


def _acknowledge(deliveries: Sequence[Delivery], *, by: User) -> int:
    waiting = [one for one in deliveries if one.acknowledged_at is None]
    return stamp(waiting, "acknowledged", by=by)
