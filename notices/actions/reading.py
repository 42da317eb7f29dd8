"""What a person has seen and holds of a notice."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from notices.models import Attachment, AttachmentDownload, Notice, Reading


def mark_read(notice: Notice, *, by: User) -> int | None:
    """Remember that the person has seen the version that the notice shows now.

    Returns the sequence of the version that they had seen before when this is their first look
    at a correction of it, otherwise None. Safe to repeat and at the same time.
    """
    sequence = notice.current_version.sequence if notice.current_version else 1
    rows = Reading.objects.filter(user=by, notice=notice)
    before = rows.first()
    if before is None:
        reading = Reading(user=by, notice=notice, sequence=sequence)
        Reading.objects.bulk_create([reading], ignore_conflicts=True)
        return None
    if not before.outdated:
        return None
    rows.update(sequence=sequence, outdated=False, read_at=timezone.now())
    return before.sequence


def record_download(attachments: Iterable[Attachment], *, by: User) -> None:
    """The person holds the files; only the first time is kept, in one statement."""
    rows = [AttachmentDownload(attachment=attachment, user=by) for attachment in attachments]
    AttachmentDownload.objects.bulk_create(rows, ignore_conflicts=True)
