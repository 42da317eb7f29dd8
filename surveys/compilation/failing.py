"""The end of what never works, and telling who had asked for it."""

from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.mail.outbox import enqueue
from surveys.compilation.keeping import let_go
from surveys.compilation.leases import MOST_ATTEMPTS
from surveys.models import Compilation
from surveys.states import CompilationState

FAILED_MAIL: Final = "compilation_failed"


@transaction.atomic
def fail_exhausted() -> int:
    """End what was tried MOST_ATTEMPTS times, also when each try killed its worker; how many."""
    exhausted = Compilation.objects.due().filter(attempts__gte=MOST_ATTEMPTS)
    ended = list(exhausted.select_for_update(skip_locked=True))
    for compilation in ended:
        _fail(compilation)
    return len(ended)


def _fail(compilation: Compilation) -> None:
    let_go(compilation)
    Compilation.objects.filter(pk=compilation.pk).update(
        state=CompilationState.FAILED, lease_until=None, finished_at=Now()
    )
    record("compilation.failed", compilation, by=None, attempts=compilation.attempts)
    asker = User.objects.filter(pk=compilation.requested_by_id, is_active=True)
    enqueue(FAILED_MAIL, subject_id=compilation.pk, people=asker)
