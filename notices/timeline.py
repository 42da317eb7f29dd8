"""What happened to a published notice, in its order; and what it is today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from notices.models import Notice, NoticeVersion
from notices.relations import begun
from notices.states import BINDING_KINDS, ENDING_KINDS, RelationKind

DONE_BY_ANOTHER = {
    RelationKind.AMENDS: "改正",
    RelationKind.REPEALS: "廃止",
    RelationKind.REPLACES: "差替え",
    RelationKind.CORRECTS: "訂正",
}
IN_FORCE, NOT_YET = "現行", "施行前"


@dataclass(frozen=True, slots=True)
class Happening:
    """``what`` in words and when; ``by`` is the other notice where the person may see it."""

    at: datetime
    what: str
    detail: str = ""
    by: Notice | None = None


def timeline_of(notice: Notice, *, to: User) -> list[Happening]:
    """Published, corrected, and what other notices did to it. Of a notice that the person may
    not see it tells only what they must know: that this one is repealed or replaced.
    """
    versions = NoticeVersion.objects.published_of(notice).order_by("sequence")
    own = [_publication(version) for version in versions]
    return sorted([*own, *_done_by_others(notice, to)], key=lambda happening: happening.at)


def standing_of(notice: Notice) -> str:
    """現行, 施行前, or how it ended (廃止, 差替え), today; for a published notice."""
    today = timezone.localdate()
    if end := notice.relations_in.ending(today).first():
        return DONE_BY_ANOTHER[RelationKind(end.kind)]
    return IN_FORCE if Notice.objects.filter(begun("", today), pk=notice.pk).exists() else NOT_YET


def _publication(version: NoticeVersion) -> Happening:
    at = version.published_at or version.written_at
    if version.is_correction:
        return Happening(at, f"訂正（第{version.sequence}版）", version.correction_reason)
    return Happening(at, "発出")


def _done_by_others(notice: Notice, user: User) -> list[Happening]:
    versions = NoticeVersion.objects.filter(notice=OuterRef("source"), sequence=OuterRef("since"))
    relations: QuerySet[Any] = (
        notice.relations_in.stated()
        .filter(kind__in=BINDING_KINDS)
        .annotate(at=Subquery(versions.values("published_at")[:1]))
        .select_related("source__current_version")
    )
    visible = Notice.objects.visible_to(user).filter(pk__in=relations.values("source"))
    seen = set(visible.values_list("pk", flat=True))
    return [
        Happening(
            relation.at,
            f"別の通知による{DONE_BY_ANOTHER[RelationKind(relation.kind)]}",
            by=relation.source if relation.source_id in seen else None,
        )
        for relation in relations
        if relation.source_id in seen or relation.kind in ENDING_KINDS
    ]
