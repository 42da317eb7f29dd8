"""Taking a published notice back: its page stays, its content goes."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices.actions.cover_notes import MAIL_KIND as COVER_NOTE
from notices.actions.locking import locked_with_targets
from notices.actions.nudging import MAIL_KIND as NUDGE
from notices.actions.redelivery import MAIL_KINDS
from notices.models import Notice
from notices.permissions import is_approver
from notices.readership import readers_of
from notices.search.indexing import forget_notice
from notices.search.standing import mark_in_force, touched_by
from notices.states import NOTICE_TRANSITIONS, NoticeState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.transitions import ensure_transition
from onepublic.mail.outbox import cancel, enqueue

MAIL_KIND_WITHDRAWN = "notice_withdrawn"
NO_REASON = "取下げの理由を入力してください。"


@transaction.atomic
def withdraw(notice: Notice, *, by: User, reason: str) -> Notice:
    """Take the notice back for a reason of at most 1,000 characters; return it as withdrawn.

    One approver decides alone, unlike for publication (起案者と決裁者は別人): what must not be
    read any longer can't wait for a second person, and withdrawing shows nothing to anybody. The
    reason and the name stay in the audit trail. From the commit on nothing of it is served;
    mail that was not sent is cancelled, a correction in hand is given up, and whoever else had
    opened it is told.

    Raises PermissionDenied for anybody but an approver of the division, Stale when it is not
    published or was withdrawn already, Refused without a reason.
    """
    current = locked_with_targets(notice)
    demand(is_approver(by, current))
    ensure_transition(NOTICE_TRANSITIONS, current.state, NoticeState.WITHDRAWN, what="この通知")
    if not reason.strip():
        raise Refused(NO_REASON)
    _take_back(current, by=by, reason=reason)
    current.versions.drafts().delete()
    forget_notice(current)
    mark_in_force(touched_by(current))
    cancelled = _cancel_mail(current)
    told = enqueue(
        MAIL_KIND_WITHDRAWN,
        subject_id=current.current_version_id or 0,
        people=readers_of(current).filter(is_active=True).exclude(pk=by.pk),
        at_once=True,
    )
    record("notice.withdrawn", current, by=by, reason=reason, cancelled=cancelled, told=told)
    return current


def _cancel_mail(notice: Notice) -> int:
    """Of the notice, of reminders of it and of cover notes to it; return how many messages."""
    return (
        cancel(MAIL_KINDS, subject_ids=notice.versions.values("pk"))
        + cancel([NUDGE], subject_ids=notice.nudges.values("pk"))
        + cancel([COVER_NOTE], subject_ids=notice.cover_notes.values("pk"))
    )


def _take_back(notice: Notice, *, by: User, reason: str) -> None:
    notice.state = NoticeState.WITHDRAWN
    notice.withdrawn_at = timezone.now()
    notice.withdrawn_by = by
    notice.withdrawal_reason = reason
    notice.revision += 1
    notice.save(
        update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawal_reason", "revision"]
    )
