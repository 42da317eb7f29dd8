"""When a question or a section is shown: picked row by row, or written as a formula."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import apply_step, mark_of
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
from surveys.views.builder.loading import drafters_revision, seen_edit, subject_of
from surveys.views.builder.page import Said, answer


@require_http_methods(["GET", "HEAD", "POST"])
def condition(request: Request, survey_id: int, kind: str, part_id: str) -> HttpResponse:
    """The condition of a ``question`` or a ``section``."""
    revision = drafters_revision(request, survey_id)
    held = part_of(revision.document, kind, part_id)
    if held is None or kind not in {"question", "section"}:
        raise Http404
    post = request.POST if request.method == "POST" else None
    act = request.POST.get("list", "")
    editor = ConditionEditor(
        held.get("visible_if"),
        subjects(questions_before(revision.document, part_id)),
        view=request.GET.get("view", PICK),
        post=post,
        act=act,
    )
    if post is None or act:
        return _page(request, revision, kind, held, editor)
    found = editor.condition()
    if editor.error:
        return _page(request, revision, kind, held, editor)
    try:
        applied = apply_step(
            revision,
            _step(kind, held, found),
            by=request.user,
            edit=seen_edit(request),
            subject=subject_of(request, kind, part_id),
        )
    except Refused as refusal:
        editor.error = str(refusal)
        return _page(request, revision, kind, held, editor)
    return answer(request, revision, Said(applied.done.what, part_id, focus=f"when-{part_id}"))


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
        "seen": revision.edit,
        "mark": mark_of(held),
        "inside": bool(request.htmx),
    }
    part = "#form" if request.htmx else ""
    return render(request, f"surveys/builder/condition.html{part}", context)
