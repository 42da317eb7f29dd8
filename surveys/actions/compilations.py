"""Asking for a compilation, and calling it off."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.transitions import ensure_transition
from onepublic.files.models import StoredFile
from surveys.compilation.keeping import let_go
from surveys.compilation.orders import Order
from surveys.models import Compilation, Survey
from surveys.permissions import may_run
from surveys.states import COMPILATION_TRANSITIONS, CompilationState
from surveys.tasks import compile_soon


@transaction.atomic
def request_compilation(
    survey: Survey, *, by: User, order: Order | None = None, template: StoredFile | None = None
) -> Compilation:
    """A compilation that a worker will make, by default of everything; one of the same ``order``
    and ``template`` that is under way is returned instead.

    So a double click gives one. Raises PermissionDenied for people who don't run the survey,
    Refused for one that was never opened.
    """
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    demand(may_run(by, locked))
    if locked.opened_at is None:
        raise Refused("受付を始めていない調査は集計できません。")
    what = {"stored_order": (order or Order()).to_json(), "template": template}
    under_way = locked.compilations.unfinished().filter(**what).order_by("pk").first()
    if under_way:
        return under_way
    compilation = Compilation.objects.create(
        survey=locked, requested_by=by, rows_total=locked.assignments.count(), **what
    )
    record("compilation.requested", compilation, by=by, survey=locked.pk)
    compile_soon(compilation.pk)
    return compilation


@transaction.atomic
def cancel_compilation(compilation: Compilation, *, by: User) -> None:
    """Call it off; the worker notices at its next report.

    Raises PermissionDenied for people who don't run the survey, Stale when it has ended.
    """
    locked = Compilation.objects.select_for_update().get(pk=compilation.pk)
    demand(may_run(by, locked.survey))
    ensure_transition(
        COMPILATION_TRANSITIONS, locked.state, CompilationState.CANCELLED, what="この集計"
    )
    let_go(locked)
    Compilation.objects.filter(pk=locked.pk).update(
        state=CompilationState.CANCELLED, finished_at=Now(), lease_until=None
    )
    record("compilation.cancelled", locked, by=by)


@transaction.atomic
def remove_outdated() -> int:
    """Take away the files of compilations that were kept long enough; return how many.

    The record stays, with its hash; the sweep of files then takes the bytes.
    """
    outdated = list(Compilation.objects.outdated().select_for_update(skip_locked=True))
    for compilation in outdated:
        Compilation.objects.filter(pk=compilation.pk).update(
            file=None, full_texts=None, removed_at=Now()
        )
        record("compilation.removed", compilation, by=None, sha256=compilation.sha256)
    return len(outdated)
