"""A correction comes to those who have the earlier version, as a new delivery of the same row."""

from datetime import datetime

from django.db.models import F, Q, Value

from notices.models import Delivery, NoticeVersion, PastDelivery, Reading
from notices.querysets import readers_among_addressees
from notices.routing import people_dealing_with
from onepublic.core.sql import insert_select
from onepublic.mail.outbox import cancel, enqueue

MAIL_KIND = "notice_published"
MAIL_KIND_CORRECTED = "notice_corrected"
MAIL_KINDS = (MAIL_KIND, MAIL_KIND_CORRECTED)


def deliver_again(version: NoticeVersion, *, at: datetime) -> int:
    """Move the deliveries to the top of the inboxes, unopened; return how many.

    The audience is the one frozen at the first publication. What was done with the version
    before is kept as PastDelivery; a receipt stands unless the correction asks for it again.
    """
    deliveries = Delivery.objects.filter(notice=version.notice_id)
    insert_select(
        PastDelivery,
        deliveries.filter(Q(opened_at__isnull=False) | Q(acknowledged_at__isnull=False)),
        {
            "delivery": F("pk"),
            "sequence": Value(version.sequence - 1),
            "opened_at": F("opened_at"),
            "opened_by": F("opened_by"),
            "acknowledged_at": F("acknowledged_at"),
            "acknowledged_by": F("acknowledged_by"),
        },
    )
    receipt = {"acknowledged_at": None, "acknowledged_by": None}
    Reading.objects.filter(notice=version.notice_id).update(outdated=True)
    return deliveries.update(
        delivered_at=at,
        due_on=version.duty_on,
        opened_at=None,
        opened_by=None,
        **(receipt if version.acknowledge_again else {}),
    )


def tell_of_correction(version: NoticeVersion) -> int:
    """A message that it was corrected to who had read it, that of a new notice to the others who
    deal with it; return to how many. What was not sent about earlier versions is cancelled.
    """
    earlier = NoticeVersion.objects.filter(notice=version.notice_id, sequence__lt=version.sequence)
    cancel(MAIL_KINDS, subject_ids=earlier.values("pk"))
    if not version.notify_by_mail:
        return 0
    readers = readers_among_addressees(version.notice)
    deliveries = Delivery.objects.filter(notice=version.notice_id)
    others = people_dealing_with(deliveries).exclude(pk__in=readers.values("pk"))
    told = {MAIL_KIND_CORRECTED: readers, MAIL_KIND: others}
    return sum(
        enqueue(kind, subject_id=version.pk, people=people, at_once=version.is_urgent)
        for kind, people in told.items()
    )
