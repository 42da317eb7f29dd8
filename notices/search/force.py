"""Whether notices are in force, as entries remember it: days pass, and repeals take effect."""

from notices.models import Notice, SearchEntry


def refresh_in_force() -> int:
    """Let every entry say what holds today; return how many changed. Safe to run twice."""
    current = Notice.objects.in_force().values("pk")
    entries = SearchEntry.objects.all()
    ended = entries.filter(in_force=True).exclude(notice__in=current).update(in_force=False)
    begun = entries.filter(in_force=False, notice__in=current).update(in_force=True)
    return ended + begun
