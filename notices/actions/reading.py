"""What a person has seen of a notice: which version, and since when."""

from django.utils import timezone

from accounts.models import User
from notices.models import Notice, Reading


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
