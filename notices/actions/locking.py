"""First the lock, then the check: what every verb begins with."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from accounts.models import User
from notices.models import Notice, NoticeVersion
from notices.permissions import is_drafter
from onepublic.core.errors import Stale, demand

CHANGED_SINCE = (
    "この通知は、画面を開いたあとに変更されています。"
    "最新の内容を確かめてから、もう一度操作してください。"
)
Keys = Collection[int] | QuerySet[Any, Any]
NOTHING_IN_HAND = "この通知は、すでに発出されています。"
NOT_EDITABLE = "この通知は決裁待ちまたは発出済みのため、変更できません。"


def locked(notice: Notice) -> Notice:
    """The notice as it is now, held until the transaction ends."""
    return Notice.objects.select_for_update().get(pk=notice.pk)


def locked_with(notice: Notice, others: Keys) -> Notice:
    """The same, with the others of these keys held too.

    All in the order of their keys: two acts on notices that relate to each other wait for one
    another in line, and not each for the other.
    """
    rows = Notice.objects.filter(Q(pk=notice.pk) | Q(pk__in=others)).order_by("pk")
    held = {row.pk: row for row in rows.select_for_update()}
    if notice.pk not in held:
        raise Notice.DoesNotExist
    return held[notice.pk]


def locked_with_targets(notice: Notice) -> Notice:
    """The same, with those to which it does something: what it publishes or takes back changes
    them too.
    """
    return locked_with(notice, notice.relations_out.values("target"))


def ensure_unchanged(notice: Notice, revision: int | None) -> None:
    """Raises Stale when the page showed another revision; None stands for no page."""
    if revision is not None and revision != notice.revision:
        raise Stale(CHANGED_SINCE)


def locked_for_editing(notice: Notice, *, by: User, revision: int | None) -> NoticeVersion:
    """The draft of the notice, locked, which ``by`` may change now.

    Raises PermissionDenied for anybody but the division's drafters, Stale in a state that
    forbids changes or when ``revision`` is an old one.
    """
    current = locked(notice)
    demand(is_drafter(by, current))
    version = draft_of(current)
    if not version.is_editable:
        raise Stale(NOT_EDITABLE)
    ensure_unchanged(current, revision)
    return version


def draft_of(notice: Notice) -> NoticeVersion:
    """The version that is being written; its ``notice`` is this very object.

    Raises Stale when there is none, because it is published already.
    """
    version = NoticeVersion.objects.drafts().filter(notice=notice).first()
    if version is None:
        raise Stale(NOTHING_IN_HAND)
    version.notice = notice
    return version


def mark_written(version: NoticeVersion, *, by: User) -> None:
    """Remember whose hand it was last, and let pages that were loaded before go stale. Joint
    divisions have agreed to what stood there before: they are asked again.
    """
    version.issuers.update(agreed_by=None, agreed_at=None, declined_by=None, decline_reason="")
    NoticeVersion.objects.filter(pk=version.pk).update(written_by=by, written_at=Now())
    Notice.objects.filter(pk=version.notice_id).update(revision=F("revision") + 1)
