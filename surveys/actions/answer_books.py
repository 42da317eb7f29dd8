"""A filled answer workbook comes in, is compared, and is taken over or discarded."""

from collections.abc import Collection
from typing import Any, BinaryIO, Final, cast

from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Stale
from onepublic.files.uploads import check_upload, store
from surveys.actions.locking import lock_answerable, lock_whole
from surveys.actions.writing import write_values
from surveys.models import AnswerUpload, Assignment
from surveys.offline import chosen_values, differences_of, read_book
from surveys.permissions import closed_sections
from surveys.responses import respond
from surveys.states import Origin

ENDINGS: Final = (".xlsx",)
SETTLED: Final = "この読込みは、既に反映又は破棄されています。"
CHANGED: Final = (
    "この画面を開いた後に回答が変わりました。今の変更点を表示しています。もう一度確認してください。"
)
NOT_CHOSEN: Final = "どちらを残すか選ばれていない項目があります。"


@transaction.atomic
def upload_book(assignment: Assignment, *, by: User, uploaded: "File[Any]") -> AnswerUpload:
    """Check, read and keep a workbook; nothing of it is taken over yet.

    What the same person had uploaded before and left is discarded. Raises ValidationError or
    WorkbookRefused with a Japanese sentence, Refused when the response takes no answers.
    """
    current = lock_answerable(assignment, by=by)
    kind = check_upload(uploaded, endings=ENDINGS)
    reading = read_book(cast(BinaryIO, uploaded), current)
    current.uploads.filter(uploaded_by=by, settled_at=None).update(settled_at=Now())
    upload = AnswerUpload.objects.create(
        assignment=current,
        file=store(uploaded, kind=kind, by=by),
        reading=reading.to_json(),
        uploaded_by=by,
    )
    record("answers.uploaded", current, by=by, upload=upload.pk)
    return upload


@transaction.atomic
def take_over(
    upload: AnswerUpload,
    *,
    by: User,
    fingerprint: str,
    mine: Collection[str] = (),
    theirs: Collection[str] = (),
) -> int:
    """Write what the page with this ``fingerprint`` showed; return how many fields were written.

    A field in conflict is written when its key is in ``mine`` and left when it is in ``theirs``.
    Raises Stale when the upload was settled, the answers have changed since the page was shown, or
    a conflict was not decided; Refused when the response takes no answers.
    """
    whole = lock_whole(upload.assignment, by=by)
    current, locked = whole.assignment, _lock_open(upload)
    response = respond(current, whole.answers, whole.reasons)
    found = differences_of(locked, response, closed=closed_sections(by, whole.parts))
    if found.fingerprint != fingerprint:
        raise Stale(CHANGED)
    if not {change.key for change in found.conflicts} <= {*mine, *theirs}:
        raise Stale(NOT_CHOSEN)
    values = chosen_values(found, response, mine)
    if values:
        write_values(whole, values, by=by, origin=Origin.WORKBOOK)
    AnswerUpload.objects.filter(pk=locked.pk).update(settled_at=Now(), taken_over=True)
    record("answers.taken_over", current, by=by, upload=locked.pk, fields=len(values))
    return len(values)


@transaction.atomic
def discard(upload: AnswerUpload, *, by: User) -> None:
    """Settle the upload without taking anything over. Raises Stale when it was settled."""
    current = lock_answerable(upload.assignment, by=by)
    locked = _lock_open(upload)
    AnswerUpload.objects.filter(pk=locked.pk).update(settled_at=Now())
    record("answers.upload_discarded", current, by=by, upload=locked.pk)


def _lock_open(upload: AnswerUpload) -> AnswerUpload:
    locked = AnswerUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.settled_at is not None:
        raise Stale(SETTLED)
    return locked
