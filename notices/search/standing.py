"""Whether a notice is in force, as the entries of the search know it: this is the one writer.

What is in force is derived (:meth:`notices.querysets.NoticeQuerySet.in_force`); the entry holds a
copy of today's answer, because counting a facet can't ask the relations of every hit.
"""

from django.db.models import QuerySet

from notices.models import Notice, SearchEntry


def mark_in_force(notices: "QuerySet[Notice] | None" = None) -> int:
    """Bring the entries of the notices, or of all, to what is so today; return how many changed.

    Call it in the transaction that publishes or withdraws, and when a day begins.
    """
    entries = SearchEntry.objects.all()
    if notices is not None:
        entries = entries.filter(notice__in=notices.values("pk"))
    today = Notice.objects.in_force().values("pk")
    ended = entries.filter(in_force=True).exclude(notice__in=today).update(in_force=False)
    return ended + entries.filter(in_force=False, notice__in=today).update(in_force=True)


def touched_by(notice: Notice) -> "QuerySet[Notice]":
    """The notice and those to which it does something."""
    targets = notice.relations_out.values("target")
    return Notice.objects.filter(pk=notice.pk) | Notice.objects.filter(pk__in=targets)
