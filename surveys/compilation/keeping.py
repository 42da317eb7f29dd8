"""The snapshot of a compilation, kept where every worker finds it until the compilation ends.

So who takes over from a worker that died goes on with the same moment, and does not ask the
database for everything anew.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.core.files import File
from django.db import transaction

from onepublic.files.sweeping import discard
from onepublic.files.uploads import store
from surveys.compilation import leases
from surveys.compilation.kept import KeptSnapshot, write_snapshot
from surveys.compilation.making import steps_of
from surveys.compilation.orders import Order
from surveys.compilation.progress import Progress
from surveys.compilation.snapshot import snapshot_of
from surveys.models import Compilation

log = logging.getLogger(__name__)


@contextmanager
def snapshot_for(
    compilation: Compilation, order: Order, progress: Progress
) -> Iterator[KeptSnapshot]:
    """The snapshot that an earlier attempt has kept whole, else a new one; raises LeaseLost."""
    with _left_behind(compilation) or cast(BinaryIO, TemporaryFile()) as file:
        if not compilation.kept_id:
            _take(compilation, order, file, progress)
            _keep(compilation, file)
        snapshot = KeptSnapshot(file)
        progress.go_on_from(snapshot.counts.asked)
        yield snapshot


def _take(compilation: Compilation, order: Order, target: BinaryIO, progress: Progress) -> None:
    with snapshot_of(compilation.survey_id, order) as snapshot:
        counts = snapshot.counts()
        has_template = compilation.template_id is not None
        compilation.rows_total = steps_of(counts, order, template=has_template)
        leases.change(
            compilation,
            rows_total=compilation.rows_total,
            rows_done=0,
            snapshot_at=counts.taken_at,
            revision=snapshot.published()[-1],
        )
        write_snapshot(target, snapshot, compilation.survey, progress)


@transaction.atomic
def _keep(compilation: Compilation, file: BinaryIO) -> None:
    leases.hold(compilation)
    name = f"{compilation}_集計の時点.zip"
    kept = store(File(file, name=name), kind="zip", by=compilation.requested_by, made_here=True)
    leases.change(compilation, kept=kept)
    compilation.kept = kept


def _left_behind(compilation: Compilation) -> BinaryIO | None:
    """What an earlier attempt has kept, opened; what is not whole any more is thrown away."""
    if compilation.kept is None:
        return None
    with suppress(FileNotFoundError):
        file = compilation.kept.open()
        if _digest(file) == compilation.kept.sha256:
            return cast(BinaryIO, file)
        file.close()
    log.warning("the kept snapshot of compilation %s is not whole", compilation.pk)
    let_go(compilation)
    return None


def _digest(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@transaction.atomic
def let_go(compilation: Compilation) -> None:
    """Take the kept snapshot away, if there is one; the caller holds the compilation."""
    kept = compilation.kept
    if kept is not None:
        Compilation.objects.filter(pk=compilation.pk).update(kept=None)
        compilation.kept = None
        discard(kept)
