"""Between drafter and approver: sending for approval, giving back."""

from django.db import transaction

from accounts.models import Division, User
from notices.actions.locking import draft_of, ensure_unchanged, locked
from notices.models import Notice, NoticeVersion
from notices.permissions import is_approver, is_drafter
from notices.querysets import approvers_of
from notices.readiness import agreements_needed, what_is_missing
from notices.states import VERSION_TRANSITIONS, VersionState
from onepublic.audit.models import AuditEvent, record
from onepublic.core.errors import Refused, demand
from onepublic.core.transitions import ensure_transition
from onepublic.mail.outbox import enqueue

AGREEMENT_ASKED = "notice_agreement_asked"


@transaction.atomic
def submit_for_review(notice: Notice, *, by: User, revision: int | None = None) -> None:
    """Send the draft to the division's approvers, and tell the joint divisions that must agree.

    Raises PermissionDenied for anybody but its drafters, Stale in another state or for an old
    ``revision``, Refused when something is missing.
    """
    current = locked(notice)
    demand(is_drafter(by, current))
    version = draft_of(current)
    _ensure(version, VersionState.IN_REVIEW)
    ensure_unchanged(current, revision)
    if missing := what_is_missing(version):
        raise Refused(f"決裁に回すには、次の項目が必要です：{'、'.join(missing)}")
    version.state = VersionState.IN_REVIEW
    version.submitted_by = by
    version.return_reason = ""
    version.save(update_fields=["state", "submitted_by", "return_reason"])
    event = record("notice.submitted", current, by=by, revision=current.revision)
    _ask_joint_issuers(version, event)


@transaction.atomic
def return_to_drafter(notice: Notice, *, by: User, reason: str) -> None:
    """Give it back with a reason of at most 1,000 characters.

    Raises PermissionDenied for anybody but the division's approvers, Stale in another state,
    Refused without a reason.
    """
    current = locked(notice)
    demand(is_approver(by, current))
    version = draft_of(current)
    _ensure(version, VersionState.RETURNED)
    if not reason.strip():
        raise Refused("差戻しの理由を入力してください。")
    version.state = VersionState.RETURNED
    version.return_reason = reason
    version.save(update_fields=["state", "return_reason"])
    record("notice.returned", current, by=by, reason=reason)


def _ask_joint_issuers(version: NoticeVersion, event: AuditEvent) -> None:
    """Tell who decides there. About the event: what came back and was changed is asked anew."""
    divisions = Division.objects.filter(pk__in=agreements_needed(version).values("division"))
    enqueue(AGREEMENT_ASKED, subject_id=event.pk, people=approvers_of(divisions))


def _ensure(version: NoticeVersion, target: VersionState) -> None:
    ensure_transition(VERSION_TRANSITIONS, version.state, target, what="この通知")
