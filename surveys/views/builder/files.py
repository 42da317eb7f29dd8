"""A questionnaire as a file: saved from the portal, and read back into a draft."""

import json
from functools import partial
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from onepublic.files.names import clean_name
from onepublic.files.types import FILE_TYPES
from surveys.actions import apply_step
from surveys.authoring import (
    Incoming,
    SheetsRefused,
    Slip,
    StepRefused,
    read_incoming,
    take_over,
    write_sheets,
    write_xlsform,
    written_file,
)
from surveys.forms.builder.files import LOST, HeldForm, QuestionnaireFileForm
from surveys.models import QuestionnaireRevision
from surveys.views.builder.incoming import Comparison
from surveys.views.builder.loading import drafters_revision, seen_edit, shown_revision


@require_safe
def questionnaire_file(request: Request, survey_id: int) -> HttpResponse:
    """The newest questions as JSON."""
    revision = shown_revision(request, survey_id)
    text = written_file(revision.document, revision.survey.title)
    disposition = content_disposition_header(as_attachment=True, filename=_name(revision, "json"))
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_safe
def questionnaire_sheets(request: Request, survey_id: int) -> FileResponse:
    """The newest questions as a workbook that people edit."""
    revision = shown_revision(request, survey_id)
    target = BytesIO()
    write_sheets(target, revision.document, revision.survey.title)
    return _workbook(target, _name(revision, "xlsx"))


@require_safe
def questionnaire_xlsform(request: Request, survey_id: int) -> FileResponse:
    """The newest questions as XLSForm; what it can't say stands on a sheet of its own."""
    revision = shown_revision(request, survey_id)
    target = BytesIO()
    write_xlsform(target, revision.document, revision.survey.title)
    return _workbook(target, _name(revision, "xlsx", "XLSForm"))


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_import(request: Request, survey_id: int) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is taken over."""
    revision = drafters_revision(request, survey_id)
    if request.method != "POST":
        return _page(request, revision, QuestionnaireFileForm())
    form = QuestionnaireFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, revision, form)
    name, content = form.cleaned_data["file"]
    try:
        incoming = read_incoming(name, content, revision.document)
    except StepRefused as refusal:
        form.add_error("file", str(refusal).split("\n"))
        return _page(request, revision, form)
    except SheetsRefused as refusal:
        form.add_error("file", f"誤りが{len(refusal.slips)}か所あるため、読み込めません。")
        return _page(request, revision, form, refusal.slips)
    return _confirmation(request, revision, incoming, name)


@require_POST
def questionnaire_import_taking_over(request: Request, survey_id: int) -> HttpResponse:
    """Put what the confirmation showed in the place of the draft, which undo brings back."""
    revision = drafters_revision(request, survey_id)
    form = HeldForm(request.POST)
    if not form.is_valid():
        return _page(request, revision, QuestionnaireFileForm(), lost=LOST)
    held = form.cleaned_data["held"]
    try:
        step = partial(take_over, held=held)
        done = apply_step(revision, step, by=request.user, edit=seen_edit(request)).done
    except Refused as refusal:
        return _page(request, revision, QuestionnaireFileForm(), lost=str(refusal))
    messages.success(request, done.what)
    return redirect("surveys:questionnaire", survey_id)


def _page(
    request: Request,
    revision: QuestionnaireRevision,
    form: QuestionnaireFileForm,
    slips: tuple[Slip, ...] = (),
    lost: str = "",
) -> HttpResponse:
    context = {
        "survey": revision.survey,
        "revision": revision,
        "form": form,
        "slips": slips,
        "lost": lost,
    }
    status = 409 if lost else 422 if form.errors else 200
    return render(request, "surveys/builder/import.html", context, status=status)


def _confirmation(
    request: Request, revision: QuestionnaireRevision, incoming: Incoming, name: str
) -> HttpResponse:
    text = json.dumps(incoming.document, ensure_ascii=False, separators=(",", ":"))
    context = {
        "survey": revision.survey,
        "revision": revision,
        "name": clean_name(name),
        "incoming": incoming,
        "comparison": Comparison.of(revision.document, incoming.document),
        "form": HeldForm(initial={"held": text}),
    }
    return render(request, "surveys/builder/incoming.html", context)


def _name(revision: QuestionnaireRevision, ending: str, kind: str = "調査票") -> str:
    return clean_name(f"{kind}_{revision.survey.title}_第{revision.number}版.{ending}")


def _workbook(target: BytesIO, name: str) -> FileResponse:
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=name, content_type=FILE_TYPES["xlsx"].media_type
    )
