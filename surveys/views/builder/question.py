"""Writing one question: its form, alone or inside its card, saves itself while it is typed."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import apply_step, mark_of
from surveys.authoring import change_question
from surveys.forms.builder import SILENT, TYPE_LABELS, QuestionForm
from surveys.models import QuestionnaireRevision
from surveys.views.builder.cards import parsed, sections_of
from surveys.views.builder.loading import (
    FIRST,
    continues,
    drafters_revision,
    question_of,
    seen_edit,
    subject_of,
)
from surveys.views.builder.page import Said, answer

SIGNED_OUT = "ログインの有効期限が切れたため、保存できていません。別のタブでログインしてください。"
OVERTAKEN = (
    "入力した内容は下に残っています。「現在の内容」を確かめ、この内容で置き換えてよければ、"
    "もう一度「保存して閉じる」を押してください。"
)


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
        done = _save(request, revision, form)
    except Stale as refusal:
        return _again(request, revision, form, refusal)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, revision, form, touched=True)
    return answer(request, revision, Said(done, about=question_id, focus=f"edit-{question_id}"))


@login_not_required
@require_http_methods(["GET", "POST"])
def question_autosave(request: Request, survey_id: int, question_id: str) -> JsonResponse:
    """Save the whole form: 200 with the new number and mark, 409 when somebody else changed the
    question, 422 when something typed can't be kept; then nothing is changed.

    A GET gives a fresh token to a page whose sign-in was renewed elsewhere.
    """
    if not _is_signed_in(request):
        return _refusal(SIGNED_OUT, HTTPStatus.UNAUTHORIZED)
    revision = drafters_revision(request, survey_id)
    held = question_of(revision, question_id)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    form = QuestionForm(question=held, document=revision.document, post=request.POST)
    if not form.is_valid():
        return _refusal(_first_complaint(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        applied = apply_step(revision, **_step(request, form))
    except Stale as refusal:
        return _refusal(str(refusal), HTTPStatus.CONFLICT)
    except Refused as refusal:
        return _refusal(str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    saved = question_of(applied.revision, question_id)
    return JsonResponse(
        {
            "revision": applied.revision.edit,
            "mark": mark_of(saved),
            "seen_all": applied.seen_all,
            "saved_at": f"{timezone.localtime():%H:%M}",
        }
    )


def _save(request: Request, revision: QuestionnaireRevision, form: QuestionForm) -> str:
    return apply_step(revision, **_step(request, form)).done.what


def _step(request: Request, form: QuestionForm) -> dict[str, Any]:
    question_id = form.question["id"]
    return {
        "step": partial(change_question, question_id=question_id, content=form.content()),
        "by": request.user,
        "edit": seen_edit(request),
        "subject": subject_of(request, "question", question_id),
        "continues": continues(request),
    }


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
        "mark": request.POST.get("mark", mark_of(form.question)),
        "seen": request.POST.get("revision", revision.edit),
        "first": request.POST.get(FIRST, revision.edit),
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


def _first_complaint(form: QuestionForm) -> str:
    complaint = form.complaints[0]
    return f"{complaint['label']}：{complaint['message']}"


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
