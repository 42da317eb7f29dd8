"""What a calculated question shows: picked, or written as a formula."""

from functools import partial
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import mark_of
from surveys.authoring import Json, change_question, questions_before, short
from surveys.authoring.sides import amounts
from surveys.forms.builder import PICK, SideEditor
from surveys.models import QuestionnaireRevision
from surveys.questionnaire.describe import describe_formula
from surveys.questionnaire.kinds import CalculatedAnswer
from surveys.views.builder.cards import parsed
from surveys.views.builder.loading import (
    drafters_revision,
    question_of,
    shown_state,
    subject_of,
)
from surveys.views.builder.page import Said, answer
from surveys.views.builder.saving import OVERTAKEN, Typed, autosave, save


@require_http_methods(["GET", "HEAD", "POST"])
def calculation(request: Request, survey_id: int, question_id: str) -> HttpResponse:
    """The formula of a calculated question, which reads the questions before it."""
    revision = drafters_revision(request, survey_id)
    held, editor = _editor(request, revision, question_id)
    if request.method != "POST":
        return _page(request, revision, held, editor)
    try:
        done = save(request, revision, _typed(request, revision, question_id)).done
    except Stale as refusal:
        revision.refresh_from_db()
        held = question_of(revision, question_id)
        editor.error = f"{refusal}{OVERTAKEN}"
        now = {"mark": mark_of(held), "seen": revision.edit, "first": revision.edit}
        return _page(request, revision, held, editor, is_overtaken=True, **now)
    except Refused as refusal:
        editor.error = str(refusal)
        return _page(request, revision, held, editor)
    return answer(request, revision, Said(done.what, question_id))


@login_not_required
@require_http_methods(["GET", "POST"])
def calculation_autosave(request: Request, survey_id: int, question_id: str) -> JsonResponse:
    """The same while it is written, see :func:`autosave`."""
    return autosave(request, survey_id, lambda revision: _typed(request, revision, question_id))


def _typed(request: Request, revision: QuestionnaireRevision, question_id: str) -> Typed:
    held, editor = _editor(request, revision, question_id)
    formula = editor.value()
    content = {**held, "formula": formula}
    step = partial(change_question, question_id=question_id, content=content)
    subject = subject_of(request, "question", question_id)
    return Typed("question", subject, step if formula is not None else None, editor.error)


def _editor(
    request: Request, revision: QuestionnaireRevision, question_id: str
) -> tuple[Json, SideEditor]:
    held = question_of(revision, question_id)
    if held["type"] != "calculated":
        raise Http404
    among = amounts(questions_before(revision.document, question_id))
    post = request.POST if request.method == "POST" else None
    view = request.GET.get("view", PICK)
    return held, SideEditor("formula", held["formula"], among, view=view, post=post)


def _page(
    request: Request,
    revision: QuestionnaireRevision,
    held: Json,
    editor: SideEditor,
    **more: Any,
) -> HttpResponse:
    questionnaire = parsed(revision)
    shown = cast("CalculatedAnswer", questionnaire.question(held["id"]).answer)
    context = {
        "survey": revision.survey,
        "question": held,
        "name": short(held),
        "editor": editor,
        "sentence": describe_formula(shown.formula, questionnaire),
        "touched": request.method == "POST",
        **shown_state(request, revision, held),
        **more,
    }
    status = HTTPStatus.CONFLICT if more else HTTPStatus.OK
    return render(request, "surveys/builder/calculation.html", context, status=status)
