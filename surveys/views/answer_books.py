"""Answering in Excel: download the workbook, give it back, see what it would change."""

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from onepublic.files.names import clean_name
from onepublic.files.types import FILE_TYPES
from onepublic.workbook import WorkbookRefused
from surveys.actions.answer_books import discard, take_over, upload_book
from surveys.forms.answer_books import MINE, THEIRS, AnswerBookForm, TakeOverForm
from surveys.offline import write_book
from surveys.permissions import can_answer
from surveys.responses import load_response
from surveys.views.book_changes import Shown, show_upload
from surveys.views.loading import attached_files, own_assignment


@require_http_methods(["GET", "HEAD", "POST"])
def answer_book(request: Request, assignment_id: int) -> HttpResponse:
    """How to answer in Excel; a POST brings a filled workbook."""
    asked = own_assignment(request.user, assignment_id)
    if not can_answer(request.user, asked):
        return redirect("surveys:review", assignment_id)
    form = AnswerBookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = upload_book(asked, by=request.user, uploaded=form.cleaned_data["book"])
        except ValidationError as error:
            form.add_error("book", error)
        except WorkbookRefused as refusal:
            form.add_error("book", str(refusal))
        else:
            return redirect("surveys:upload", assignment_id, upload.pk)
    waiting = asked.uploads.filter(uploaded_by=request.user, settled_at=None).first()
    context = {"assignment": asked, "survey": asked.survey, "form": form, "waiting": waiting}
    return render(request, "surveys/answer_book.html", context)


@require_safe
def answer_book_file(request: Request, assignment_id: int) -> FileResponse:
    """The workbook with the answers so far."""
    response = load_response(own_assignment(request.user, assignment_id))
    files = attached_files(response, response.questionnaire.questions)
    names = {key: stored.name for key, stored in files.items()}
    asked = response.assignment
    name = f"{asked.survey.title}_回答用_{asked.organization.name}.xlsx"
    return FileResponse(
        write_book(response, names),
        as_attachment=True,
        filename=clean_name(name),
        content_type=FILE_TYPES["xlsx"].media_type,
    )


@require_safe
def upload(request: Request, assignment_id: int, upload_id: int) -> HttpResponse:
    """What the workbook would change, what is wrong in it, and where others wrote meanwhile."""
    return _page(request, _shown(request, assignment_id, upload_id))


@require_POST
def upload_taking_over(request: Request, assignment_id: int, upload_id: int) -> HttpResponse:
    """Take over what the page showed."""
    shown = _shown(request, assignment_id, upload_id)
    form = TakeOverForm(request.POST, conflicts=shown.conflicts)
    seen = request.POST.get("seen", "")
    if not form.is_valid() and seen == shown.differences.fingerprint:
        return _page(request, shown, form)
    try:
        take_over(
            shown.upload,
            by=request.user,
            fingerprint=seen,
            mine=form.chosen(MINE),
            theirs=form.chosen(THEIRS),
        )
    except Refused as refusal:
        return _page(request, _shown(request, assignment_id, upload_id), refusal=str(refusal))
    return redirect("surveys:upload", assignment_id, upload_id)


@require_POST
def upload_discarding(request: Request, assignment_id: int, upload_id: int) -> HttpResponse:
    """Leave everything as it is."""
    asked = own_assignment(request.user, assignment_id)
    discard(get_object_or_404(asked.uploads, pk=upload_id), by=request.user)
    return redirect("surveys:answer_book", assignment_id)


def _shown(request: Request, assignment_id: int, upload_id: int) -> Shown:
    asked = own_assignment(request.user, assignment_id)
    found = asked.uploads.select_related("file", "uploaded_by")
    return show_upload(get_object_or_404(found, pk=upload_id), load_response(asked), request.user)


def _page(
    request: Request, shown: Shown, form: TakeOverForm | None = None, refusal: str = ""
) -> HttpResponse:
    initial = {"seen": shown.differences.fingerprint}
    asked = shown.response.assignment
    context = {
        "assignment": asked,
        "survey": asked.survey,
        "shown": shown,
        "form": form or TakeOverForm(initial=initial, conflicts=shown.conflicts),
        "can_answer": can_answer(request.user, asked),
        "refusal": refusal,
    }
    return render(request, "surveys/upload.html", context, status=409 if refusal else 200)
