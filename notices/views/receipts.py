"""What a notice's page shows to those who received it."""

from typing import Any

from accounts.models import User
from notices import permissions
from notices.history import histories_of
from notices.models import Delivery, Notice

ACTS = {
    "can_acknowledge": permissions.can_acknowledge,
    "can_mark_done": permissions.can_mark_done,
    "can_undo_done": permissions.can_undo_done,
    "can_hand_over": permissions.can_hand_over,
    "can_decline": permissions.can_decline,
    "can_take_back_decline": permissions.can_take_back_decline,
}


def receipts_of(notice: Notice, user: User) -> dict[str, Any]:
    """``receipts``: for each of the person's organizations its delivery and what was done with it,
    and what the person may do now; three queries at most.
    """
    own = Delivery.objects.for_organizations_of(user).filter(notice=notice)
    deliveries = list(own.select_related("organization", "division__parent").order_by("pk"))
    histories = histories_of(deliveries) if deliveries else {}
    may = {name: any(can(user, one) for one in deliveries) for name, can in ACTS.items()}
    return {"receipts": [(one, histories.get(one.pk, [])) for one in deliveries], **may}
