"""What was done with a delivery, in words, from the audit trail."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Division
from notices.models import Delivery
from onepublic.audit.models import AuditEvent

LABELS = {
    "delivery.opened": "開封",
    "delivery.acknowledged": "確認",
    "delivery.done": "対応済み",
    "delivery.done_undone": "対応済み取消",
    "delivery.handed_over": "引継ぎ",
    "delivery.declined": "所管外",
    "delivery.decline_taken_back": "所管外取消",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done; ``target`` names the division it went to, ``note`` is what was written."""

    label: str
    at: datetime
    person: str
    target: str = ""
    note: str = ""


def histories_of(deliveries: Sequence[Delivery]) -> dict[int, list[Step]]:
    """By key of the delivery, what was done with it, in its order; at most two queries."""
    events = list(
        AuditEvent.objects.filter(
            target_type=Delivery._meta.label_lower,
            target_id__in=[delivery.pk for delivery in deliveries],
            action__in=LABELS,
        )
        .select_related("actor")
        .order_by("pk")
    )
    divisions = _names(events)
    steps = defaultdict(list)
    for event in events:
        steps[event.target_id].append(_step(event, divisions))
    return dict(steps)


def _names(events: Sequence[AuditEvent]) -> Mapping[int, str]:
    keys = {event.detail["division"] for event in events if "division" in event.detail}
    if not keys:
        return {}
    found = Division.objects.select_related("parent").in_bulk(keys)
    return {key: division.full_name for key, division in found.items()}


def _step(event: AuditEvent, divisions: Mapping[int, str]) -> Step:
    detail: dict[str, Any] = event.detail
    return Step(
        LABELS[event.action],
        event.at,
        event.actor.name if event.actor else "",
        detail.get("to", "") or divisions.get(detail.get("division", 0), ""),
        detail.get("reason", "") or detail.get("remark", ""),
    )
