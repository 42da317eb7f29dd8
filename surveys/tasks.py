"""The worker's part: compilations that wait or that a dead worker left."""

import logging

from celery import shared_task
from django.db import transaction

from surveys.compilation import running
from surveys.compilation.failing import fail_exhausted
from surveys.models import Compilation

log = logging.getLogger(__name__)


@shared_task
def run_compilation(compilation_id: int) -> None:
    """Make one workbook. Safe to run twice: only a due compilation is claimed."""
    running.run(compilation_id)


@shared_task
def run_due_compilations() -> None:
    """Make every compilation whose hint or whose worker was lost; end those that never work."""
    fail_exhausted()
    for compilation_id in Compilation.objects.due().order_by("pk").values_list("pk", flat=True):
        running.run(compilation_id)


def compile_soon(compilation_id: int) -> None:
    """Hint a worker once the transaction commits; a lost hint costs at most 30 seconds."""
    transaction.on_commit(lambda: _hint(compilation_id), robust=True)


def _hint(compilation_id: int) -> None:
    try:
        run_compilation.delay(compilation_id=compilation_id)
    except run_compilation.OperationalError:
        log.warning("the broker is away; the sweep will make compilation %s", compilation_id)
