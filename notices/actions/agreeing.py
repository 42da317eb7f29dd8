"""Joint issuers: a division that asks for it must agree before its name goes out (連名の同意)."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices.actions.locking import draft_of, ensure_unchanged, locked
from notices.models import Issuer, Notice
from notices.permissions import is_approver_of_joint_issuer, issuers_answered_by
from notices.states import VersionState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand

NOT_ASKED = "この通知への同意は、いま求められていません。"


@transaction.atomic
def agree(notice: Notice, *, by: User, revision: int | None = None) -> None:
    """Agree for each joint division whose approver the person is.

    It holds until the text, the files or the addressees change. ``revision`` is the one that the
    page showed. Raises PermissionDenied for others, Stale while the notice is not in review or
    when it has changed.
    """
    issuers = _asked(notice, by, revision)
    now = timezone.now()
    for issuer in issuers:
        issuer.agreed_by, issuer.agreed_at = by, now
        issuer.declined_by, issuer.decline_reason = None, ""
    _keep(issuers)
    record("notice.agreed", notice, by=by, divisions=[one.division_id for one in issuers])


@transaction.atomic
def decline_to_join(notice: Notice, *, by: User, reason: str, revision: int | None = None) -> None:
    """Refuse to issue it together, with a reason of at most 1,000 characters.

    An agreement given before is taken back. Raises as ``agree`` does, and Refused without a
    reason.
    """
    issuers = _asked(notice, by, revision)
    if not reason.strip():
        raise Refused("同意しない理由を入力してください。")
    for issuer in issuers:
        issuer.agreed_by, issuer.agreed_at = None, None
        issuer.declined_by, issuer.decline_reason = by, reason
    _keep(issuers)
    divisions = [one.division_id for one in issuers]
    record("notice.agreement_declined", notice, by=by, divisions=divisions, reason=reason)


def _asked(notice: Notice, by: User, revision: int | None) -> list[Issuer]:
    current = locked(notice)
    version = draft_of(current)
    demand(is_approver_of_joint_issuer(by, version))
    if version.state != VersionState.IN_REVIEW:
        raise Stale(NOT_ASKED)
    ensure_unchanged(current, revision)
    return list(issuers_answered_by(by, version))


def _keep(issuers: list[Issuer]) -> None:
    columns = ["agreed_by", "agreed_at", "declined_by", "decline_reason"]
    Issuer.objects.bulk_update(issuers, columns)
