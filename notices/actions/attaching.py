"""Files of a draft: put in, and taken out."""

from collections.abc import Sequence
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from notices.actions.locking import locked_for_editing, mark_written
from notices.models import Attachment, Notice
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from onepublic.files.uploads import check_upload, store

MOST_ATTACHMENTS = 50
TOO_MANY = f"添付できるファイルは、１つの通知につき{MOST_ATTACHMENTS}件までです。"


@transaction.atomic
def attach(
    notice: Notice,
    *,
    by: User,
    files: "Sequence[File[Any]]",
    kind: str,
    revision: int | None = None,
) -> list[Attachment]:
    """Put the files behind those already there, all of them or none.

    Raises PermissionDenied, Stale (see locked_for_editing), Refused above MOST_ATTACHMENTS, or
    ValidationError for a file that check_upload refuses.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    last = version.attachments.aggregate(last=Max("position"))["last"] or 0
    if version.attachments.count() + len(files) > MOST_ATTACHMENTS:
        raise Refused(TOO_MANY)
    types = [check_upload(file) for file in files]
    attachments = [
        Attachment(
            version=version, file=store(file, kind=kept_as, by=by), kind=kind, position=position
        )
        for position, (file, kept_as) in enumerate(zip(files, types, strict=True), last + 1)
    ]
    Attachment.objects.bulk_create(attachments)
    mark_written(version, by=by)
    record("notice.attached", version.notice, by=by, files=[str(a.file) for a in attachments])
    return attachments


@transaction.atomic
def detach(notice: Notice, *, by: User, attachment_id: int, revision: int | None = None) -> bool:
    """Take a file out of the draft; False when it was out already.

    Raises PermissionDenied, or Stale (see locked_for_editing).
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    attachment = version.attachments.select_related("file").filter(pk=attachment_id).first()
    if attachment is None:
        return False
    attachment.delete()
    mark_written(version, by=by)
    record("notice.detached", version.notice, by=by, file=str(attachment.file))
    return True


@transaction.atomic
def arrange(
    notice: Notice,
    *,
    by: User,
    attachment_id: int,
    kind: str = "",
    step: int = 0,
    revision: int | None = None,
) -> bool:
    """Give a file of the draft another kind, or move it ``step`` places down (negative: up).

    Beyond the first and the last place it stays there. False when the file is out already.
    Raises PermissionDenied, or Stale (see locked_for_editing).
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    rows = list(version.attachments.select_related("file"))
    moved = next((row for row in rows if row.pk == attachment_id), None)
    if moved is None:
        return False
    place = rows.index(moved)
    rows.insert(max(place + step, 0), rows.pop(place))
    moved.kind = kind or moved.kind
    _renumber(rows)
    mark_written(version, by=by)
    record("notice.attachment_arranged", version.notice, by=by, file=str(moved.file), kind=kind)
    return True


def _renumber(rows: list[Attachment]) -> None:
    """Positions are unique at every moment: all rows go behind the last one first."""
    beyond = max(row.position for row in rows) + 1
    for first in (beyond, 1):
        for position, row in enumerate(rows, start=first):
            row.position = position
        Attachment.objects.bulk_update(rows, ["position", "kind"])
