"""Reading the text of published attachments: in a worker, one file at a time, under a lease."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from notices.models import FileText, Notice
from notices.search.writing import write_entry
from notices.states import ExtractionState, NoticeState
from onepublic.files.extraction.limits import WALL_SECONDS
from onepublic.files.extraction.running import Unreadable, extract
from onepublic.files.states import HELD
from onepublic.files.types import FILE_TYPES

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=2 * WALL_SECONDS)
MOST_ATTEMPTS = 3
GAVE_UP = "読み取りが途中で何度も止まりました。"
NO_FILE = "保存されたファイルが見つかりません。"
_KINDS = {file_type.media_type: kind for kind, file_type in FILE_TYPES.items()}


def read_due() -> None:
    """Read every file that waits, also those whose hint or whose worker was lost."""
    FileText.objects.filter(
        state=ExtractionState.WAITING, attempts__gte=MOST_ATTEMPTS, due_at__lte=Now()
    ).update(state=ExtractionState.FAILED, reason=GAVE_UP)
    while (waiting := _claimed()) is not None:
        _read(waiting)


def _claimed() -> FileText | None:
    """The file that waits longest, held until its lease ends; None when none is due."""
    due = FileText.objects.filter(state=ExtractionState.WAITING, due_at__lte=Now())
    with transaction.atomic():
        chosen = due.exclude(file__scan_state__in=HELD).order_by("due_at")
        row = chosen.select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return None
        FileText.objects.filter(pk=row.pk).update(due_at=Now() + LEASE, attempts=F("attempts") + 1)
    return FileText.objects.select_related("file").get(pk=row.pk)


def _read(waiting: FileText) -> None:
    try:
        with waiting.file.open() as content:
            text = extract(content, kind=_KINDS[waiting.file.content_type])  # type: ignore[arg-type]  # File is a binary stream
    except Unreadable as reason:
        _store(waiting, state=ExtractionState.FAILED, reason=str(reason))
    except FileNotFoundError:
        _store(waiting, state=ExtractionState.FAILED, reason=NO_FILE)
    else:
        state = ExtractionState.DONE if text.strip() else ExtractionState.EMPTY
        _store(waiting, state=state, text=text if text.strip() else "")


@transaction.atomic
def _store(waiting: FileText, **result: str) -> None:
    """The result, and the entries of the notices that carry the file now.

    The notice is locked first, as every verb does, so that no older text is written over a newer.
    """
    FileText.objects.filter(pk=waiting.pk, state=ExtractionState.WAITING).update(**result)
    carrying = Notice.objects.filter(
        state=NoticeState.PUBLISHED, current_version__attachments__file=waiting.file
    )
    for pk in carrying.order_by("pk").values_list("pk", flat=True).distinct():
        notice = Notice.objects.select_for_update().get(pk=pk)
        if notice.current_version and notice.state == NoticeState.PUBLISHED:
            write_entry(notice, notice.current_version, is_news=True)
