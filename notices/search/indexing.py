"""Keeping the index: in the transaction that publishes, corrects or withdraws a notice."""

from django.db.models import F, QuerySet

from notices.models import Attachment, FileText, Notice, SearchEntry
from notices.search.tasks import work_soon
from notices.search.writing import write_entry
from notices.states import NoticeState
from onepublic.core.sql import insert_select
from onepublic.files.extraction.running import READABLE
from onepublic.files.types import FILE_TYPES


def index_notice(notice: Notice, *, is_news: bool = True) -> None:
    """Let search find the current version of a published notice and the answers published on it,
    to those who received it. People with saved searches are told of what ``is_news``.

    Call it in the transaction of whatever changes the version, the topics, the deliveries or what
    is answered for all. Repeating it changes nothing. Attachments that were not read before are
    left to a worker.
    """
    version = notice.current_version
    if version is None or notice.state != NoticeState.PUBLISHED:
        forget_notice(notice)
        return
    wait_for_texts(version.attachments.all())
    write_entry(notice, version, is_news=is_news)
    work_soon()


def forget_notice(notice: Notice) -> None:
    """Let nobody find the notice any more, as when it is withdrawn. What it repealed is in force
    again, as the worker will see.
    """
    SearchEntry.objects.filter(notice=notice).delete()
    work_soon()


def wait_for_texts(attachments: "QuerySet[Attachment]") -> None:
    """A row for each file that a worker should read and that has none yet."""
    types = [FILE_TYPES[kind].media_type for kind in READABLE]
    readable = attachments.filter(file__content_type__in=types, file__extracted=None)
    unread = readable.order_by().distinct()
    insert_select(FileText, unread, {"file": F("file")}, unless_there=True)
