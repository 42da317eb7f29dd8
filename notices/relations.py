"""Relations between notices, and what follows from them: which notices are in force on a day."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from notices.states import ENDING_KINDS, NoticeState

if TYPE_CHECKING:
    from notices.models.notices import Notice, NoticeRelation  # noqa: F401 - named in a string


class RelationQuerySet(models.QuerySet["NoticeRelation"]):
    def stated(self) -> "RelationQuerySet":
        """Those that a published version says; a withdrawn notice says nothing any more."""
        return self.filter(
            source__state=NoticeState.PUBLISHED,
            source__current_version__sequence__gte=F("since"),
        )

    def ending(self, on: date) -> "RelationQuerySet":
        """Those by which a target has ceased to be in force by the end of the day."""
        return self.stated().filter(begun("source__", on), kind__in=ENDING_KINDS)


def begun(path: str, on: date) -> Q:
    """Notices, at ``path``, that were published by the end of the day and apply by then.

    They apply from the day of effect (施行日・適用日) where they name one, otherwise from the day
    of issue. A correction says what was meant from the beginning: the newest version counts.
    """
    version = f"{path}current_version__"
    evening = timezone.make_aware(datetime.combine(on, time.max))
    return Q(**{f"{path}published_at__lte": evening}) & (
        Q(**{f"{version}effective_on__lte": on})
        | Q(**{f"{version}effective_on__isnull": True, f"{version}issued_on__lte": on})
    )
