"""Making one compilation, from the claim to the stored file."""

import logging
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now

from onepublic.audit.models import record
from onepublic.files.uploads import store
from surveys.compilation import leases
from surveys.compilation.progress import Progress
from surveys.compilation.snapshot import Snapshot, snapshot_of
from surveys.compilation.workbook import Content, steps_of, write_pages
from surveys.models import Compilation
from surveys.states import CompilationState

log = logging.getLogger(__name__)


def run(compilation_id: int) -> None:
    """Make the workbook of a due compilation; do nothing when it is not due.

    Safe to call twice and at the same time: one lease, one result. A worker that dies leaves
    the lease to pass and an unnamed temporary file that vanishes with it.
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
    with TemporaryFile() as file, snapshot_of(compilation.survey_id) as snapshot:
        workbook = cast(BinaryIO, file)
        asked = _write(compilation, snapshot, workbook)
        leases.renew(compilation, rows_done=compilation.rows_total)
        _finish(compilation, workbook, asked=asked)


def _write(compilation: Compilation, snapshot: Snapshot, target: BinaryIO) -> int:
    """Write the workbook; return how many organizations were asked."""
    counts = snapshot.counts()
    compilation.rows_total = steps_of(counts)
    leases.change(
        compilation, rows_total=compilation.rows_total, snapshot_at=counts.taken_at, rows_done=0
    )
    content = Content(compilation.survey, snapshot, counts)
    write_pages(target, content, Progress(partial(_report, compilation)))
    return counts.asked


def _report(compilation: Compilation, done: int) -> None:
    leases.renew(compilation, rows_done=done)


@transaction.atomic
def _finish(compilation: Compilation, workbook: BinaryIO, *, asked: int) -> None:
    """Store the file and the result together: a lease lost meanwhile takes the file back."""
    name = f"{compilation.survey.title}_集計{compilation.pk}.xlsx"
    whole = File(workbook, name=name)
    stored = store(whole, kind="xlsx", by=compilation.requested_by, made_here=True)
    leases.change(
        compilation,
        state=CompilationState.DONE,
        file=stored,
        finished_at=Now(),
        lease_until=None,
    )
    record("compilation.finished", compilation, by=None, rows=asked)
