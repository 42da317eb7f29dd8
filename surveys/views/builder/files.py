"""A questionnaire as a file: saved from the portal, and read back into a draft."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import apply_step
from surveys.authoring import StepRefused, read_file, take_over, written_file
from surveys.forms.builder.bank import QuestionnaireFileForm
from surveys.models import QuestionnaireRevision
from surveys.views.builder.loading import drafters_revision, seen_edit, shown_revision


@require_safe
def questionnaire_file(request: Request, survey_id: int) -> HttpResponse:
    """The newest questions as JSON."""
    revision = shown_revision(request, survey_id)
    text = written_file(revision.document, revision.survey.title)
    name = f"調査票_{revision.survey.title}_第{revision.number}版.json"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_import(request: Request, survey_id: int) -> HttpResponse:
    """Choose a file; its questions replace those of the draft, which undo brings back."""
    revision = drafters_revision(request, survey_id)
    if request.method != "POST":
        return _page(request, revision, QuestionnaireFileForm())
    form = QuestionnaireFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, revision, form, status=422)
    try:
        step = partial(take_over, held=read_file(form.cleaned_data["file"]))
        done = apply_step(revision, step, by=request.user, edit=seen_edit(request)).done
    except (StepRefused, Refused) as refusal:
        form.add_error("file", str(refusal).split("\n"))
        return _page(request, revision, form, status=422)
    messages.success(request, done.what)
    return redirect("surveys:questionnaire", survey_id)


def _page(
    request: Request,
    revision: QuestionnaireRevision,
    form: QuestionnaireFileForm,
    status: int = 200,
) -> HttpResponse:
    context = {"survey": revision.survey, "revision": revision, "form": form}
    return render(request, "surveys/builder/import.html", context, status=status)
