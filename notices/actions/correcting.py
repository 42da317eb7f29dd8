"""Correcting what was published: a new version is written while the old one stays in force."""

from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from notices.actions.locking import locked, locked_for_editing, mark_written
from notices.models import Attachment, Contact, Issuer, Notice, NoticeVersion
from notices.permissions import CORRECTION_BEGUN, is_drafter
from notices.states import NoticeState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand

NOT_PUBLISHED = "訂正できるのは、発出中の通知だけです。"
IN_HAND = "この通知の訂正版は、すでに作成中です。"
NO_REASON = "訂正の理由を入力してください。"
FIRST_TEXT = "この通知は発出前のため、訂正版ではありません。"
# What belongs to the way of one version and not to its text.
OWN_COLUMNS = frozenset(
    {"id", "notice", "sequence", "state", "correction_reason", "acknowledge_again"}
    | {"written_by", "written_at", "submitted_by", "return_reason", "scheduled_for"}
    | {"scheduled_by", "published_at", "published_by"}
)
OWN_COLUMNS_OF_PARTS = frozenset(
    {"id", "version", "agreed_by", "agreed_at", "declined_by", "decline_reason"}
)


@transaction.atomic
def begin_correction(
    notice: Notice, *, by: User, reason: str, acknowledge_again: bool
) -> NoticeVersion:
    """A draft version with the text, issuers and files of the one in force; files are shared.

    It goes the way of every draft. Raises PermissionDenied for anybody but the division's
    drafters, Stale for an unpublished or withdrawn notice or one whose correction is being
    written, Refused without a reason.
    """
    current = locked(notice)
    demand(is_drafter(by, current))
    if current.state != NoticeState.PUBLISHED or current.current_version is None:
        raise Stale(NOT_PUBLISHED)
    if current.versions.drafts().exists():
        raise Stale(IN_HAND)
    if not reason.strip():
        raise Refused(NO_REASON)
    version = _copy(
        current.current_version,
        written_by=by,
        correction_reason=reason,
        acknowledge_again=acknowledge_again,
    )
    mark_written(version, by=by)
    record(CORRECTION_BEGUN, current, by=by, sequence=version.sequence, reason=reason)
    return version


@transaction.atomic
def discard_correction(notice: Notice, *, by: User, revision: int | None = None) -> None:
    """Give up a correction that is being written, with the relations that it alone states; the
    version in force is untouched.

    Raises PermissionDenied, Stale (see locked_for_editing), Refused for a first text.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    if not version.is_correction:
        raise Refused(FIRST_TEXT)
    mark_written(version, by=by)
    record("notice.correction_discarded", version.notice, by=by, sequence=version.sequence)
    version.notice.relations_out.filter(since=version.sequence).delete()
    version.delete()


def _copy(source: NoticeVersion, **way: Any) -> NoticeVersion:
    version = NoticeVersion(sequence=source.sequence + 1, **_columns_of(source, OWN_COLUMNS), **way)
    version.notice = source.notice
    version.save(force_insert=True)
    Issuer.objects.bulk_create(
        Issuer(version=version, **_columns_of(row, OWN_COLUMNS_OF_PARTS))
        for row in source.issuers.all()
    )
    Contact.objects.bulk_create(
        Contact(version=version, **_columns_of(row, OWN_COLUMNS_OF_PARTS))
        for row in source.contacts.all()
    )
    Attachment.objects.bulk_create(
        Attachment(version=version, **_columns_of(row, OWN_COLUMNS_OF_PARTS))
        for row in source.attachments.all()
    )
    return version


def _columns_of(row: Model, own: frozenset[str]) -> dict[str, Any]:
    """The values that a copy shares; a column that is added later is copied too."""
    fields = row._meta.concrete_fields
    return {field.attname: getattr(row, field.attname) for field in fields if field.name not in own}
