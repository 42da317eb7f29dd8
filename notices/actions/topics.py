"""The fields of work (分野) under which notices are filed: added and renamed, never deleted."""

from django.db import connection, transaction

from accounts.models import User
from notices.models import Topic
from notices.permissions import can_keep_topics
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.text import fold

TAKEN = "同じ名称の分野があります（{name}）。別の名称を入力してください。"


@transaction.atomic
def add_topic(*, name: str, by: User) -> Topic:
    """A new field of work. Raises PermissionDenied for anybody but system administrators, Refused
    for a name that another has, in whatever width and case.
    """
    _lock(by)
    _ensure_free(name)
    topic = Topic.objects.create(name=name)
    record("topic.added", topic, by=by, name=name)
    return topic


@transaction.atomic
def rename_topic(topic: Topic, *, name: str, by: User) -> bool:
    """Call it otherwise, also on notices that were published under the old name; return whether
    that is new. Raises as ``add_topic`` does.
    """
    _lock(by)
    current = Topic.objects.get(pk=topic.pk)
    if current.name == name:
        return False
    _ensure_free(name, except_for=current)
    record("topic.renamed", current, by=by, before=current.name, name=name)
    Topic.objects.filter(pk=current.pk).update(name=name)
    return True


def _lock(by: User) -> None:
    """One at a time: two who add at once would not see each other's rows. Readers don't wait."""
    demand(can_keep_topics(by))
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE notices_topic IN SHARE ROW EXCLUSIVE MODE")


def _ensure_free(name: str, *, except_for: Topic | None = None) -> None:
    for other in Topic.objects.all():
        if other != except_for and fold(other.name) == fold(name):
            raise Refused(TAKEN.format(name=other.name))
