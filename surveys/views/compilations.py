"""One compilation: how far it is, its file, calling it off."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from onepublic.core.errors import demand
from onepublic.core.requests import Request
from onepublic.files.serving import file_response
from surveys.actions import cancel_compilation
from surveys.models import Compilation
from surveys.permissions import can_cancel, may_run
from surveys.states import CompilationState


@require_safe
def compilation(request: Request, compilation_id: int) -> HttpResponse:
    """Progress, really done of really to do; a script asks for the changing part alone."""
    user = request.user
    found = _compilation(user, compilation_id)
    context = {
        "compilation": found,
        "survey": found.survey,
        "can_cancel": can_cancel(user, found),
        "is_unfinished": found.state in {CompilationState.WAITING, CompilationState.RUNNING},
    }
    template = "surveys/compilation.html"
    if request.htmx:
        template += "#progress"
    return render(request, template, context)


@require_safe
def compilation_file(request: Request, compilation_id: int) -> FileResponse:
    """The workbook, for whoever may see the answers at this moment."""
    found = _compilation(request.user, compilation_id)
    if found.file is None:
        raise Http404
    return file_response(found.file)


@require_POST
def compilation_cancellation(request: Request, compilation_id: int) -> HttpResponse:
    """Call it off."""
    user = request.user
    found = _compilation(user, compilation_id)
    demand(may_run(user, found.survey))
    cancel_compilation(found, by=user)
    return redirect("surveys:compilation", compilation_id)


def _compilation(user: User, compilation_id: int) -> Compilation:
    rows = Compilation.objects.visible_to(user).select_related(
        "survey__division", "file", "requested_by"
    )
    return get_object_or_404(rows, pk=compilation_id)
