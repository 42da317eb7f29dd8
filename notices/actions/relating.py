"""Relations between notices: stated in a draft or a correction, in effect with its publication."""

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from notices.actions.locking import locked_for_editing, locked_with, mark_written
from notices.models import Notice, NoticeRelation, NoticeVersion
from notices.states import BINDING_KINDS, NoticeState, RelationKind
from onepublic.audit.models import record
from onepublic.core.errors import Refused

ONLY_PUBLISHED = "関連付けられるのは、発出済みの通知だけです。"
ITSELF = "この通知自身と関連付けることはできません。"
IN_EFFECT = "すでに発出した版の関連付けは、外せません。"
ALREADY = "すでに「{how}」として関連付けています。改めるには、先にそれを外してください。"
CIRCLE = (
    "相手の通知が、この通知を改正または廃止するなどしています。互いに{verb}することはできません。"
)
LATER = "この通知より後に発出された通知を、{verb}することはできません。"
ENDED = "相手の通知は、すでに「{title}」により{how}されています。重ねて{verb}することはできません。"
GRAPH_LOCK = 4_157_302_611
"""Names the advisory lock that whoever adds a relation holds until the transaction ends: a cycle
of several notices can't be seen from the rows of one. The trigger takes the same."""


@transaction.atomic
def relate(
    notice: Notice, *, to: Notice, kind: str, by: User, revision: int | None = None
) -> NoticeRelation:
    """Let the draft or correction say that it does ``kind`` (RelationKind) to a published notice;
    the same relation twice stays one.

    Refused, each with its reason: a target that is not published; the notice itself; a second
    relation between the same two (it can't both repeal and amend); and for all but "related":
    a circle, also over several notices (A amends B, B amends A), a target that was published
    later than the notice, and a target that was repealed or replaced already, for that can
    happen once and what is no longer in force is not amended.

    Raises PermissionDenied, Stale (see locked_for_editing), Refused.
    """
    locked_with(notice, [to.pk])
    version = locked_for_editing(notice, by=by, revision=revision)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GRAPH_LOCK])
    source, target = version.notice, Notice.objects.get(pk=to.pk)
    same = NoticeRelation.objects.filter(source=source, target=target).first()
    if same and same.kind == kind:
        return same
    if reason := why_not(source, target, kind, same):
        raise Refused(reason)
    relation = NoticeRelation.objects.create(
        source=source, target=target, kind=kind, since=version.sequence
    )
    mark_written(version, by=by)
    record("notice.related", source, by=by, other=target.pk, kind=kind)
    return relation


@transaction.atomic
def unrelate(notice: Notice, *, relation_id: int, by: User, revision: int | None = None) -> bool:
    """Take a relation out of the draft or correction that states it; False when it was out.

    Raises PermissionDenied, Stale (see locked_for_editing), Refused for one that an earlier,
    published version states: it is part of what was issued.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    relation = NoticeRelation.objects.filter(source=notice, pk=relation_id).first()
    if relation is None:
        return False
    if relation.since < version.sequence:
        raise Refused(IN_EFFECT)
    mark_written(version, by=by)
    other, kind = relation.target_id, relation.kind
    record("notice.unrelated", version.notice, by=by, other=other, kind=kind)
    relation.delete()
    return True


def why_not(source: Notice, target: Notice, kind: str, same: NoticeRelation | None = None) -> str:
    """Why ``source`` can't do ``kind`` to ``target``; blank when it can."""
    if source.pk == target.pk:
        return ITSELF
    if target.state != NoticeState.PUBLISHED:
        return ONLY_PUBLISHED
    if same:
        return ALREADY.format(how=same.get_kind_display())
    return _why_not_binding(source, target, kind) if kind in BINDING_KINDS else ""


def ensure_relations_hold(version: NoticeVersion) -> None:
    """What the version states must still be possible when it is published.

    Raises Refused when a target was withdrawn, repealed or replaced since. The caller holds the
    targets, so that two publications can't both repeal the same; this holds them again, for one
    that was added before the caller's lock.
    """
    stated = list(version.notice.relations_out.filter(since=version.sequence))
    if not stated:
        return
    targets = Notice.objects.filter(pk__in=[relation.target_id for relation in stated])
    found = {target.pk: target for target in targets.order_by("pk").select_for_update()}
    for relation in stated:
        target = found[relation.target_id]
        if reason := why_not(version.notice, target, relation.kind):
            title = target.current_version.title if target.current_version else ""
            raise Refused(f"関連付けた通知「{title}」：{reason}")


def _why_not_binding(source: Notice, target: Notice, kind: str) -> str:
    verb = RelationKind(kind).label
    if _leads_to(source, target):
        return CIRCLE.format(verb=verb)
    if source.published_at and target.published_at and target.published_at > source.published_at:
        return LATER.format(verb=verb)
    ended = target.relations_in.ending(timezone.localdate()).exclude(source=source)
    if end := ended.select_related("source__current_version").first():
        title = end.source.current_version.title if end.source.current_version else ""
        return ENDED.format(title=title, how=end.get_kind_display(), verb=verb)
    return ""


def _leads_to(source: Notice, start: Notice) -> bool:
    """Whether one comes from ``start`` to ``source`` along what notices do to earlier ones, also
    by relations that drafts state."""
    seen, ahead = set[int](), {start.pk}
    while ahead:
        seen |= ahead
        steps = NoticeRelation.objects.filter(source__in=ahead, kind__in=BINDING_KINDS)
        ahead = set(steps.values_list("target", flat=True)) - seen
    return source.pk in seen
