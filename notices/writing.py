"""Who did what with the text of a notice, in words, from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from notices.models import Notice
from onepublic.audit.models import events_of

MOST_STEPS = 200
LABELS = {
    "notice.drafted": "起案",
    "notice.edited": "本文の変更",
    "notice.restored": "前の本文に戻す",
    "notice.numbered": "文書番号の取得",
    "notice.addressed": "宛先の変更",
    "notice.attached": "添付の追加",
    "notice.detached": "添付の取外し",
    "notice.attachment_arranged": "添付の区分・順序の変更",
    "notice.related": "関連する通知の変更",
    "notice.submitted": "決裁に回す",
    "notice.returned": "差戻し",
    "notice.agreed": "連名への同意",
    "notice.agreement_declined": "連名に同意しない",
    "notice.scheduled": "発出の予約",
    "notice.schedule_cancelled": "発出の予約の取消し",
    "notice.not_published": "予約した日時に発出できず差戻し",
    "notice.published": "発出",
    "notice.correction_begun": "訂正版の作成",
    "notice.correction_discarded": "訂正版の取消し",
    "notice.withdrawn": "取下げ",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done; ``note`` is the reason that was given, or the number."""

    label: str
    at: datetime
    person: str
    note: str


def steps_of(notice: Notice) -> list[Step]:
    """What was done, the latest first, at most MOST_STEPS; one query."""
    events = events_of(notice).filter(action__in=LABELS).select_related("actor")
    return [
        Step(
            LABELS[event.action],
            event.at,
            event.actor.name if event.actor else "",
            str(event.detail.get("reason", "") or event.detail.get("number", "")),
        )
        for event in events.order_by("-pk")[:MOST_STEPS]
    ]
