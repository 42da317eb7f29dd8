"""Relations between notices."""

from django.db import transaction

from accounts.models import User
from notices.actions.locking import locked_for_editing, mark_written
from notices.models import Notice, NoticeRelation
from notices.states import RelationKind
from onepublic.audit.models import record
from onepublic.core.errors import Refused

ONLY_PUBLISHED = "関連付けられるのは、発出済みの通知だけです。"


@transaction.atomic
def relate(notice: Notice, *, to: Notice, kind: RelationKind, by: User) -> None:
    """Let the draft refer to a published notice; the same relation twice stays one.

    Raises PermissionDenied, Stale (see locked_for_editing), or Refused for an unpublished target.
    """
    version = locked_for_editing(notice, by=by, revision=None)
    if to.published_at is None:
        raise Refused(ONLY_PUBLISHED)
    _, created = NoticeRelation.objects.get_or_create(source=notice, target=to, kind=kind)
    if created:
        mark_written(version, by=by)
        record("notice.related", version.notice, by=by, other=to.pk, kind=kind)
