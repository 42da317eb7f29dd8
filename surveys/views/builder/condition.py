"""When a question or a section is shown: picked row by row, or written as a formula."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import mark_of
from surveys.authoring import (
    Json,
    Step,
    change_question,
    change_section,
    part_of,
    questions_before,
    short,
)
from surveys.authoring.picking import subjects
from surveys.forms.builder import PICK, ConditionEditor
from surveys.models import QuestionnaireRevision
from surveys.questionnaire.describe import describe
from surveys.views.builder.cards import parsed
from surveys.views.builder.loading import drafters_revision, shown_state, subject_of
from surveys.views.builder.page import Said, answer
from surveys.views.builder.saving import OVERTAKEN, Typed, autosave, save


@require_http_methods(["GET", "HEAD", "POST"])
def condition(request: Request, survey_id: int, kind: str, part_id: str) -> HttpResponse:
    """The condition of a ``question`` or a ``section``."""
    revision = drafters_revision(request, survey_id)
    held, editor = _editor(request, revision, kind, part_id)
    if request.method != "POST" or request.POST.get("list"):
        return _page(request, revision, kind, held, editor)
    typed = _typed(request, revision, kind, part_id)
    try:
        done = save(request, revision, typed).done
    except Stale as refusal:
        revision.refresh_from_db()
        held = part_of(revision.document, kind, part_id) or held
        editor.error = f"{refusal}{OVERTAKEN}"
        now = {"mark": mark_of(held), "seen": revision.edit, "first": revision.edit}
        return _page(request, revision, kind, held, editor, is_overtaken=True, **now)
    except Refused as refusal:
        editor.error = str(refusal)
        return _page(request, revision, kind, held, editor)
    return answer(request, revision, Said(done.what, part_id, focus=f"when-{part_id}"))


@login_not_required
@require_http_methods(["GET", "POST"])
def condition_autosave(request: Request, survey_id: int, kind: str, part_id: str) -> JsonResponse:
    """The same while it is picked, see :func:`autosave`."""
    return autosave(request, survey_id, lambda revision: _typed(request, revision, kind, part_id))


def _typed(request: Request, revision: QuestionnaireRevision, kind: str, part_id: str) -> Typed:
    held, editor = _editor(request, revision, kind, part_id)
    found = editor.condition()
    step = None if editor.error else _step(kind, held, found)
    return Typed(kind, subject_of(request, kind, part_id), step, editor.error)


def _editor(
    request: Request, revision: QuestionnaireRevision, kind: str, part_id: str
) -> tuple[Json, ConditionEditor]:
    held = part_of(revision.document, kind, part_id)
    if held is None or kind not in {"question", "section"}:
        raise Http404
    editor = ConditionEditor(
        held.get("visible_if"),
        subjects(questions_before(revision.document, part_id)),
        view=request.GET.get("view", PICK),
        post=request.POST if request.method == "POST" else None,
        act=request.POST.get("list", ""),
    )
    return held, editor


def _step(kind: str, held: Json, found: Json | None) -> Step:
    if kind == "section":
        return partial(change_section, section_id=held["id"], visible_if=found)
    content = {key: value for key, value in held.items() if key != "visible_if"}
    content |= {"visible_if": found} if found else {}
    return partial(change_question, question_id=held["id"], content=content)


def _page(
    request: Request,
    revision: QuestionnaireRevision,
    kind: str,
    held: Json,
    editor: ConditionEditor,
    **more: Any,
) -> HttpResponse:
    questionnaire = parsed(revision)
    parts = questionnaire.sections if kind == "section" else questionnaire.questions
    shown = next(part.visible_if for part in parts if part.id == held["id"])
    context = {
        "survey": revision.survey,
        "kind": kind,
        "part": held,
        "name": short(held),
        "editor": editor,
        "sentence": describe(shown, questionnaire) if shown else "",
        "touched": request.method == "POST",
        **shown_state(request, revision, held),
        "inside": bool(request.htmx),
        **more,
    }
    part = "#form" if request.htmx else ""
    status = HTTPStatus.CONFLICT if more and not part else HTTPStatus.OK
    return render(request, f"surveys/builder/condition.html{part}", context, status=status)
