"""Who is working on a compilation: a lease that a dead worker lets pass.

``attempts`` numbers the leases: whoever holds an older number has lost the compilation, even
when it is still alive, and can change nothing any more.
"""

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from onepublic.audit.models import record
from surveys.compiled import LEASE
from surveys.models import Compilation
from surveys.states import CompilationState

MOST_ATTEMPTS = 5


class LeaseLost(Exception):
    """The compilation was cancelled, or another worker took it over."""


@transaction.atomic
def claim(compilation_id: int) -> Compilation | None:
    """The compilation, leased to the caller; None when it is not due or another was faster."""
    claimed = (
        Compilation.objects.due()
        .filter(pk=compilation_id, attempts__lt=MOST_ATTEMPTS)
        .update(
            state=CompilationState.RUNNING,
            lease_until=Now() + LEASE,
            attempts=F("attempts") + 1,
        )
    )
    if not claimed:
        return None
    related = ("survey__division__parent", "template", "kept")
    compilation = Compilation.objects.select_related(*related).get(pk=compilation_id)
    record("compilation.started", compilation, by=None, attempt=compilation.attempts)
    return compilation


def hold(compilation: Compilation) -> None:
    """Lock it until the transaction ends; raises LeaseLost, before anything is stored for it."""
    if not _held(compilation).select_for_update().exists():
        raise LeaseLost


def change(compilation: Compilation, **values: object) -> None:
    """Write ``values`` to a compilation that the caller still holds; raises LeaseLost."""
    if not _held(compilation).update(**values):
        raise LeaseLost


def _held(compilation: Compilation) -> "QuerySet[Compilation]":
    return Compilation.objects.filter(
        pk=compilation.pk, state=CompilationState.RUNNING, attempts=compilation.attempts
    )


def renew(compilation: Compilation, *, rows_done: int) -> None:
    """Report how far it is and hold it for another :data:`LEASE`."""
    change(compilation, rows_done=rows_done, lease_until=Now() + LEASE)


def give_up(compilation: Compilation) -> None:
    """Let another attempt begin at once; ``failing`` ends those that never succeed."""
    change(compilation, lease_until=Now())
