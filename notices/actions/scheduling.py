"""Publishing at a time that the approver sets: decided now, carried out by the clock."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from notices.actions.locking import draft_of, ensure_unchanged, locked, locked_with_targets
from notices.actions.publication import ensure_agreed, send_out
from notices.models import Notice, NoticeVersion
from notices.permissions import is_approver, is_drafter, is_second_person
from notices.querysets import people_named
from notices.states import VERSION_TRANSITIONS, VersionState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.transitions import ensure_transition
from onepublic.mail.outbox import enqueue

NOT_PUBLISHED_MAIL = "notice_not_published"
LONGEST = timedelta(days=366)
LONGEST_REASON = 1000
"""Of a column; each of many files that are held has a sentence of its own."""
NOT_SCHEDULED = "この通知の発出は予約されていません。"
IN_THE_PAST = "発出の日時は、これから先の日時にしてください。"
TOO_FAR = "発出の日時は、１年以内にしてください。"


@transaction.atomic
def schedule(notice: Notice, *, by: User, at: datetime, revision: int | None = None) -> None:
    """Decide now that it goes out at ``at``; nobody can change it until then.

    The audience is evaluated at that time. Raises PermissionDenied for anybody but an approver
    who is not its author, Stale in another state or for an old ``revision``, Refused for a time
    that has passed or lies more than a year ahead, or a joint issuer that has not agreed.
    """
    current = locked(notice)
    demand(is_approver(by, current))
    version = draft_of(current)
    demand(is_second_person(by, version))
    ensure_transition(VERSION_TRANSITIONS, version.state, VersionState.SCHEDULED, what="この通知")
    ensure_unchanged(current, revision)
    ensure_agreed(version)
    if refusal := why_not_at(at):
        raise Refused(refusal)
    version.state = VersionState.SCHEDULED
    version.scheduled_for = at
    version.scheduled_by = by
    version.save(update_fields=["state", "scheduled_for", "scheduled_by"])
    record("notice.scheduled", current, by=by, at=at.isoformat())


@transaction.atomic
def cancel_schedule(notice: Notice, *, by: User) -> None:
    """Let it wait for its approver again: drafters and approvers of the division may.

    Raises PermissionDenied for others, Stale when it is not scheduled, or published already.
    """
    current = locked(notice)
    demand(is_approver(by, current) or is_drafter(by, current))
    version = draft_of(current)
    if version.state != VersionState.SCHEDULED:
        raise Stale(NOT_SCHEDULED)
    _unschedule(version, VersionState.IN_REVIEW)
    record("notice.schedule_cancelled", current, by=by)


@transaction.atomic
def publish_scheduled(notice: Notice) -> bool:
    """Publish it when its time has come; return whether it was this call that did.

    Safe to call at any time and twice. What can't go out, such as to an audience of nobody or
    since a joint division has begun to ask for its agreement, goes back to its drafters with the
    reason, and they and the approver are told by mail.
    """
    current = locked_with_targets(notice)
    due = NoticeVersion.objects.due_for_publication().select_related("scheduled_by")
    version = due.filter(notice=current).first()
    if version is None or version.scheduled_by is None:
        return False
    version.notice, approver = current, version.scheduled_by
    try:
        with transaction.atomic():
            ensure_agreed(version)
            send_out(version, by=approver, at=timezone.now())
    except Refused as refusal:
        _give_back(version, approver, refusal)
        return False
    return True


def why_not_at(moment: datetime) -> str:
    """Why nothing can be scheduled for then; blank when it can."""
    ahead = moment - timezone.now()
    if ahead <= timedelta(0):
        return IN_THE_PAST
    return TOO_FAR if ahead > LONGEST else ""


def _unschedule(version: NoticeVersion, state: VersionState) -> None:
    version.state = state
    version.scheduled_for = None
    version.scheduled_by = None
    version.save(update_fields=["state", "scheduled_for", "scheduled_by", "return_reason"])


def _give_back(version: NoticeVersion, approver: User, refusal: Refused) -> None:
    version.refresh_from_db(fields=["state", "published_at", "published_by"])
    reason = f"予約した日時に発出できませんでした。{refusal}"
    version.return_reason = Truncator(reason).chars(LONGEST_REASON)
    _unschedule(version, VersionState.RETURNED)
    people = people_named(approver.pk, version.submitted_by_id)
    enqueue(NOT_PUBLISHED_MAIL, subject_id=version.pk, people=people, at_once=True)
    record("notice.not_published", version.notice, by=approver, reason=str(refusal))
