"""Making one compilation, from the claim to the stored file."""

import logging
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now

from onepublic.audit.models import record
from onepublic.files.uploads import store
from onepublic.workbook import Page, write_workbook
from surveys.compilation import leases
from surveys.compilation.codebook import codebook
from surveys.compilation.columns import joined_columns
from surveys.compilation.sheets import Report, answers, overview, unanswered
from surveys.compilation.snapshot import Counts, Snapshot, snapshot_of
from surveys.models import Compilation, Survey
from surveys.questionnaire import Questionnaire
from surveys.responses import questionnaire_of
from surveys.states import CompilationState

log = logging.getLogger(__name__)
REPORT_EVERY = 50


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
        _write(compilation, snapshot, workbook)
        leases.renew(compilation, rows_done=compilation.rows_total)
        _finish(compilation, workbook)


def _write(compilation: Compilation, snapshot: Snapshot, target: BinaryIO) -> None:
    counts = snapshot.counts()
    compilation.rows_total = counts.asked
    leases.change(compilation, rows_total=counts.asked, snapshot_at=counts.taken_at)
    write_pages(target, compilation.survey, snapshot, counts, _reporter(compilation))


def write_pages(
    target: BinaryIO, survey: Survey, snapshot: Snapshot, counts: Counts, report: Report
) -> None:
    """Write the workbook of a survey that was opened; ``report`` hears of each response."""
    published = list(survey.revisions.filter(published_at__isnull=False).order_by("number"))
    revisions = [questionnaire_of(revision) for revision in published]
    columns = joined_columns(revisions, snapshot.used_rows(_growing(revisions)))
    pages: list[Page] = [
        overview(survey, counts, published[-1].number),
        answers(revisions[-1], columns, snapshot.rows(), snapshot.file_names(), report),
        unanswered(snapshot.rows()),
        codebook(revisions, columns),
    ]
    write_workbook(target, pages)


def _growing(revisions: Sequence[Questionnaire]) -> list[str]:
    """The tables to which rows are added."""
    tables = (q for each in revisions for q in each.questions if q.table and q.table.dynamic)
    return list(dict.fromkeys(question.id for question in tables))


def _reporter(compilation: Compilation) -> Report:
    def report(done: int) -> None:
        if done % REPORT_EVERY == 0:
            leases.renew(compilation, rows_done=done)

    return report


@transaction.atomic
def _finish(compilation: Compilation, workbook: BinaryIO) -> None:
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
    record("compilation.finished", compilation, by=None, rows=compilation.rows_total)
