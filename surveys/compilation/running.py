"""Making one compilation, from the claim to the stored file."""

import logging
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO, Final, cast

from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.files.models import StoredFile
from onepublic.files.types import FILE_TYPES
from onepublic.files.uploads import store
from onepublic.mail.outbox import enqueue
from surveys.compilation import leases
from surveys.compilation.content import Content
from surveys.compilation.full_texts import FullTexts
from surveys.compilation.keeping import let_go, snapshot_for
from surveys.compilation.making import make
from surveys.compilation.orders import Order
from surveys.compilation.progress import Progress
from surveys.models import Compilation
from surveys.states import CompilationState

DONE_MAIL: Final = "compilation_done"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Result:
    """What was made, and the ending of its name."""

    content: BinaryIO
    ending: str


def run(compilation_id: int) -> None:
    """Make the workbook of a due compilation; do nothing when it is not due.

    Safe to call twice and at the same time: one lease, one result. A worker that dies leaves
    the lease to pass, unnamed temporary files that vanish with it, and a snapshot from which the
    next attempt goes on.
    """
    compilation = leases.claim(compilation_id)
    if compilation is None:
        return
    try:
        _make(compilation)
    except leases.LeaseLost:
        log.info("compilation %s was cancelled or taken over", compilation_id)
    except Exception:
        log.exception("compilation %s failed", compilation_id)
        _give_up(compilation)


def _give_up(compilation: Compilation) -> None:
    try:
        leases.give_up(compilation)
    except leases.LeaseLost:
        log.info("compilation %s was cancelled or taken over", compilation.pk)


def _make(compilation: Compilation) -> None:
    order = Order.from_json(compilation.stored_order)
    progress = Progress(partial(_report, compilation))
    with TemporaryFile() as file, snapshot_for(compilation, order, progress) as snapshot:
        content = Content(compilation.survey, snapshot, order)
        with FullTexts(content.columns) as texts:
            result = cast(BinaryIO, file)
            ending = make(result, content, texts, progress, compilation.template)
            _report(compilation, compilation.rows_total)
            _finish(compilation, content, texts, _Result(result, ending))


def _report(compilation: Compilation, done: int) -> None:
    leases.renew(compilation, rows_done=done)


@transaction.atomic
def _finish(compilation: Compilation, content: Content, texts: FullTexts, result: _Result) -> None:
    """Store the files and the result together, only while the lease is held."""
    leases.hold(compilation)
    let_go(compilation)
    stem = f"{compilation.survey.title}_集計{compilation.pk}"
    stored = _stored(result.content, f"{stem}.{result.ending}", compilation)
    full = _stored(texts.file, f"{stem}_全文.txt", compilation) if texts.count else None
    leases.change(
        compilation,
        state=CompilationState.DONE,
        file=stored,
        full_texts=full,
        sha256=stored.sha256,
        finished_at=Now(),
        lease_until=None,
    )
    record("compilation.finished", compilation, by=None, rows=content.counts.asked)
    asker = User.objects.filter(pk=compilation.requested_by_id, is_active=True)
    enqueue(DONE_MAIL, subject_id=compilation.pk, people=asker)


def _stored(content: BinaryIO, name: str, compilation: Compilation) -> StoredFile:
    """JSON Lines are text to whoever gets them."""
    kind = name.rpartition(".")[2]
    kind = kind if kind in FILE_TYPES else "txt"
    whole = File(content, name=name)
    return store(whole, kind=kind, by=compilation.requested_by, made_here=True)
