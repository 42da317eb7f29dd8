"""Writing the title and the explanation of a section."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import apply_step, mark_of
from surveys.authoring import Json, change_section, part_of
from surveys.forms.builder import SectionForm
from surveys.models import QuestionnaireRevision
from surveys.views.builder.loading import drafters_revision, seen_edit, subject_of
from surveys.views.builder.page import Said, answer


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, survey_id: int, section_id: str) -> HttpResponse:
    """The form of a section."""
    revision = drafters_revision(request, survey_id)
    held = part_of(revision.document, "section", section_id)
    if held is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = SectionForm(sent, initial=held, auto_id=f"{section_id}-%s")
    if not form.is_valid():
        return _page(request, revision, held, form)
    try:
        done = _save(request, revision, held, form)
    except Stale as refusal:
        revision.refresh_from_db()
        held = part_of(revision.document, "section", section_id) or held
        form.add_error(None, f"{refusal}もう一度保存すると、入力した内容で置き換えます。")
        now = {"mark": mark_of(held), "seen": revision.edit, "theirs": held}
        return _page(request, revision, held, form, **now)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, revision, held, form)
    return answer(request, revision, Said(done, about=section_id, focus=f"edit-{section_id}"))


def _save(request: Request, revision: QuestionnaireRevision, held: Json, form: SectionForm) -> str:
    return apply_step(
        revision,
        partial(change_section, section_id=held["id"], **form.cleaned_data),
        by=request.user,
        edit=seen_edit(request),
        subject=subject_of(request, "section", held["id"]),
    ).done.what


def _page(
    request: Request, revision: QuestionnaireRevision, held: Json, form: SectionForm, **more: Any
) -> HttpResponse:
    context = {
        "survey": revision.survey,
        "revision": revision,
        "section": held,
        "form": form,
        "mark": request.POST.get("mark", mark_of(held)),
        "seen": request.POST.get("revision", revision.edit),
        "inside": bool(request.htmx),
        **more,
    }
    part = "#form" if request.htmx else ""
    status = HTTPStatus.CONFLICT if more and not part else HTTPStatus.OK
    return render(request, f"surveys/builder/section.html{part}", context, status=status)
