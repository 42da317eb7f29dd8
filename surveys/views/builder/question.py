"""Writing one question: its form, alone or inside its card, saves itself while it is typed."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import mark_of
from surveys.authoring import change_question
from surveys.forms.builder import SILENT, TYPE_LABELS, QuestionForm
from surveys.models import QuestionnaireRevision
from surveys.views.builder.cards import parsed, sections_of
from surveys.views.builder.loading import drafters_revision, question_of, shown_state, subject_of
from surveys.views.builder.page import Said, answer
from surveys.views.builder.saving import OVERTAKEN, Typed, autosave, save


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, survey_id: int, question_id: str) -> HttpResponse:
    """The form of a question; a button of its lists only shows the form again."""
    revision = drafters_revision(request, survey_id)
    held = question_of(revision, question_id)
    make = partial(QuestionForm, question=held, document=revision.document)
    if request.method != "POST":
        return _page(request, revision, make())
    if act := request.POST.get("list", ""):
        return _page(request, revision, make(post=request.POST, act=act), touched=True)
    form = make(post=request.POST)
    if not form.is_valid():
        return _page(request, revision, form, touched=True)
    try:
        done = save(request, revision, _typed(request, form)).done.what
    except Stale as refusal:
        return _again(request, revision, form, refusal)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, revision, form, touched=True)
    return answer(request, revision, Said(done, about=question_id, focus=f"edit-{question_id}"))


@login_not_required
@require_http_methods(["GET", "POST"])
def question_autosave(request: Request, survey_id: int, question_id: str) -> JsonResponse:
    """The same while it is typed, see :func:`autosave`."""
    return autosave(request, survey_id, lambda revision: _read(request, revision, question_id))


def _read(request: Request, revision: QuestionnaireRevision, question_id: str) -> Typed:
    held = question_of(revision, question_id)
    form = QuestionForm(question=held, document=revision.document, post=request.POST)
    if not form.is_valid():
        return Typed("question", subject_of(request, "question", question_id), None, _first(form))
    return _typed(request, form)


def _typed(request: Request, form: QuestionForm) -> Typed:
    question_id = form.question["id"]
    step = partial(change_question, question_id=question_id, content=form.content())
    return Typed("question", subject_of(request, "question", question_id), step)


def _page(
    request: Request,
    revision: QuestionnaireRevision,
    form: QuestionForm,
    *,
    touched: bool = False,
    **more: Any,
) -> HttpResponse:
    """The form as its own page, or for htmx as the inside of its card."""
    context = {
        **question_context(revision, form),
        "touched": touched,
        "inside": bool(request.htmx),
        **shown_state(request, revision, form.question),
        **more,
    }
    part = "#form" if request.htmx else ""
    status = HTTPStatus.CONFLICT if more and not part else HTTPStatus.OK
    return render(request, f"surveys/builder/question.html{part}", context, status=status)


def question_context(revision: QuestionnaireRevision, form: QuestionForm) -> dict[str, Any]:
    """What the form of a question shows of itself."""
    return {
        "survey": revision.survey,
        "revision": revision,
        "form": form,
        "type_label": TYPE_LABELS[form.question["type"]],
        "is_silent": form.question["type"] in SILENT,
    }


def _again(
    request: Request, revision: QuestionnaireRevision, form: QuestionForm, refusal: Stale
) -> HttpResponse:
    """The form as it was typed, beside what stands there now; sending it once more is then a
    decision, not an accident.
    """
    revision.refresh_from_db()
    held = question_of(revision, form.question["id"])
    cards = [c for s in sections_of(revision.document, parsed(revision)) for c in s.cards]
    form.add_error(None, f"{refusal}{OVERTAKEN}")
    now = {"mark": mark_of(held), "seen": revision.edit, "first": revision.edit}
    theirs = next(card for card in cards if card.id == held["id"])
    return _page(request, revision, form, touched=False, theirs=theirs, **now)


def _first(form: QuestionForm) -> str:
    complaint = form.complaints[0]
    return f"{complaint['label']}：{complaint['message']}"
