"""Whose work a notice is: another division's of the same organization, or nobody's here (所管外).

The acts are safe to repeat and at the same time, and refuse as those in notices.actions.receiving.
"""

from collections.abc import Collection, Sequence

from django.db import transaction

from accounts.models import Division, Membership, User
from notices.actions.receiving import (
    WITHDRAWN,
    is_kept,
    kept,
    locked_deliveries,
    open_delivery,
    stamp,
)
from notices.models import Delivery, Notice
from notices.states import Importance, NoticeState
from onepublic.audit.models import record, record_each
from onepublic.core.errors import Refused
from onepublic.mail.outbox import enqueue

MAIL_KIND = "notice_handed_over"
CLOSED = "選んだ課室は廃止されています。選び直してください。"
ALREADY_DONE = "対応済みとした通知は、所管外にできません。先に「対応済み」を取り消してください。"


@transaction.atomic
def hand_over(notice: Notice, *, to: Division, remark: str, by: User) -> int:
    """Give the notice to another division of the organization that received it; its people are
    told by mail. Return 1, or 0 when it deals with it already and the remark is the same.
    """
    rows = Delivery.objects.filter(notice=notice, organization=to.organization_id)
    return _hand_over(kept(locked_deliveries(rows, by=by)), to=to, remark=remark, by=by)


@transaction.atomic
def hand_over_several(deliveries: Collection[int], *, to: Division, remark: str, by: User) -> int:
    """The same for the deliveries with these keys, with one mail; return for how many it was new.

    What was withdrawn or declined meanwhile is left as it is.
    """
    rows = Delivery.objects.filter(pk__in=deliveries, organization=to.organization_id)
    received = [one for one in locked_deliveries(rows, by=by) if is_kept(one)]
    return _hand_over(received, to=to, remark=remark, by=by)


@transaction.atomic
def decline(notice: Notice, *, to: str, reason: str, by: User) -> int:
    """The organization is not responsible and names who is; it owes nothing any more.

    Return for how many of the person's organizations it was new.
    """
    received = locked_deliveries(Delivery.objects.filter(notice=notice), by=by)
    if received[0].notice.state != NoticeState.PUBLISHED:
        raise Refused(WITHDRAWN)
    if any(one.done_at for one in received):
        raise Refused(ALREADY_DONE)
    open_delivery(notice, by=by)
    waiting = [one for one in received if one.declined_at is None]
    return stamp(waiting, "declined", by=by, to=to, reason=reason)


@transaction.atomic
def take_back_decline(notice: Notice, *, by: User) -> int:
    """The organization is responsible after all; return for how many this changed anything."""
    received = locked_deliveries(Delivery.objects.filter(notice=notice), by=by)
    declined = [one for one in received if one.declined_at is not None]
    rows = Delivery.objects.filter(pk__in=[one.pk for one in declined])
    rows.update(declined_at=None, declined_by=None, declined_to="", declined_reason="")
    record_each("delivery.decline_taken_back", declined, by=by)
    return len(declined)


def _hand_over(deliveries: Sequence[Delivery], *, to: Division, remark: str, by: User) -> int:
    if not Division.objects.in_force().filter(pk=to.pk).exists():
        raise Refused(CLOSED)
    division = None if to.is_window else to.pk
    new = [one for one in deliveries if (one.division_id, one.remark) != (division, remark)]
    if not new:
        return 0
    keys = [one.pk for one in new]
    Delivery.objects.filter(pk__in=keys).update(division=division, remark=remark)
    record_each("delivery.handed_over", new, by=by, division=to.pk, remark=remark)
    told = record("division.received", to, by=by, deliveries=keys)
    people = User.objects.among(Membership.objects.active().filter(division=to))
    urgent = Notice.objects.filter(
        deliveries__in=keys, current_version__importance=Importance.URGENT
    ).exists()
    others = people.exclude(pk=by.pk)
    enqueue(MAIL_KIND, subject_id=told.pk, people=others, at_once=urgent)
    return len(new)
