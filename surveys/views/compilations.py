"""The compilations of a survey, and each of them: how far it is, its file, calling it off."""

from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.states import Kind
from onepublic.core.errors import Gone, demand
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from onepublic.files.serving import file_response
from surveys.actions import cancel_compilation, request_compilation
from surveys.compilation.orders import Order
from surveys.models import Compilation
from surveys.permissions import can_cancel, can_compile, may_run
from surveys.states import (
    AssignmentState,
    CompilationFormat,
    CompilationPart,
    CompilationState,
)
from surveys.views.checking import checked_survey
from surveys.views.survey_tabs import COMPILATIONS, survey_tabs

_UNFINISHED: Final = frozenset({CompilationState.WAITING, CompilationState.RUNNING})
_AGAIN: Final = "必要なときは、集計表のページからもう一度作成してください。"


@require_http_methods(["GET", "HEAD", "POST"])
def compilations(request: Request, survey_id: int) -> HttpResponse:
    """Those that were made or are being made, the newest first; a POST asks for one of all."""
    user = request.user
    survey = checked_survey(request, survey_id)
    if request.method == "POST":
        made = request_compilation(survey, by=user)
        return redirect("surveys:compilation", made.pk)
    rows = survey.compilations.visible_to(user).select_related("requested_by")
    page = newest_first(rows, cursor=request.GET.get("cursor", ""))
    context = {
        "survey": survey,
        "tabs": survey_tabs(user, survey, COMPILATIONS),
        "page": page,
        "rows": [(row, can_cancel(user, row)) for row in page.rows],
        "is_unfinished": any(row.state in _UNFINISHED for row in page.rows),
        "can_compile": can_compile(user, survey),
        "kept_days": settings.COMPILATION_DAYS,
    }
    template = "surveys/compilations.html"
    if request.htmx:
        template += "#made"
    return render(request, template, context)


@require_safe
def compilation(request: Request, compilation_id: int) -> HttpResponse:
    """Progress, really done of really to do; a script asks for the changing part alone."""
    user = request.user
    found = _compilation(user, compilation_id)
    context = {
        "compilation": found,
        "survey": found.survey,
        "order": _words(Order.from_json(found.stored_order)),
        "can_cancel": can_cancel(user, found),
        "can_compile": can_compile(user, found.survey),
        "is_unfinished": found.state in _UNFINISHED,
    }
    template = "surveys/compilation.html"
    if request.htmx:
        template += "#progress"
    return render(request, template, context)


@require_safe
def compilation_file(request: Request, compilation_id: int) -> FileResponse:
    """The result, for whoever may see the answers at this moment; 410 once it was removed."""
    found = _compilation(request.user, compilation_id)
    if found.removed_at:
        reason = f"保存期間（{settings.COMPILATION_DAYS}日）が過ぎたため、削除しました。"
        raise Gone(title=f"{found.survey.title}の集計表", reason=f"{reason}{_AGAIN}")
    if found.file is None:
        raise Http404
    return file_response(found.file)


@require_safe
def compilation_full_texts(request: Request, compilation_id: int) -> FileResponse:
    """The texts that no cell can hold, in full, for the same people."""
    found = _compilation(request.user, compilation_id)
    if found.full_texts is None:
        raise Http404
    return file_response(found.full_texts)


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
        "survey__division", "file", "full_texts", "requested_by", "revision"
    )
    return get_object_or_404(rows, pk=compilation_id)


def _words(order: Order) -> list[tuple[str, str]]:
    """What was asked for, as far as it was not everything."""
    said = [
        ("形式", CompilationFormat(order.format).label),
        ("シート", "、".join(str(CompilationPart(each).label) for each in order.parts)),
        ("都道府県", f"{len(order.prefectures)}都道府県を選択" if order.prefectures else ""),
        ("団体の種別", "、".join(str(Kind(each).label) for each in order.kinds)),
        ("回答の状態", "、".join(str(AssignmentState(each).label) for each in order.states)),
        ("設問", f"{len(order.questions)}問を選択" if order.questions else ""),
    ]
    return [(label, str(words)) for label, words in said if words]
