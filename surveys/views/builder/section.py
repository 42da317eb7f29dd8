"""Writing the title and the explanation of a section."""

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
from surveys.authoring import Json, change_section, part_of
from surveys.forms.builder import SectionForm
from surveys.models import QuestionnaireRevision
from surveys.views.builder.loading import drafters_revision, shown_state, subject_of
from surveys.views.builder.page import Said, answer
from surveys.views.builder.saving import OVERTAKEN, Typed, autosave, save


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, survey_id: int, section_id: str) -> HttpResponse:
    """The form of a section."""
    revision = drafters_revision(request, survey_id)
    held, form = _form(request, revision, section_id)
    if not form.is_valid():
        return _page(request, revision, held, form)
    try:
        done = save(request, revision, _typed(request, revision, section_id)).done
    except Stale as refusal:
        revision.refresh_from_db()
        held = part_of(revision.document, "section", section_id) or held
        form.add_error(None, f"{refusal}{OVERTAKEN}")
        now = {"mark": mark_of(held), "seen": revision.edit, "first": revision.edit}
        return _page(request, revision, held, form, theirs=held, **now)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, revision, held, form)
    said = Said(done.what, about=section_id, focus=f"edit-{section_id}")
    return answer(request, revision, said)


@login_not_required
@require_http_methods(["GET", "POST"])
def section_autosave(request: Request, survey_id: int, section_id: str) -> JsonResponse:
    """The same while it is typed, see :func:`autosave`."""
    return autosave(request, survey_id, lambda revision: _typed(request, revision, section_id))


def _typed(request: Request, revision: QuestionnaireRevision, section_id: str) -> Typed:
    _, form = _form(request, revision, section_id)
    subject = subject_of(request, "section", section_id)
    if not form.is_valid():
        complaints = (f"{form[name].label}：{told[0]}" for name, told in form.errors.items())
        return Typed("section", subject, None, next(complaints, ""))
    step = partial(change_section, section_id=section_id, **form.cleaned_data)
    return Typed("section", subject, step)


def _form(
    request: Request, revision: QuestionnaireRevision, section_id: str
) -> tuple[Json, SectionForm]:
    held = part_of(revision.document, "section", section_id)
    if held is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    return held, SectionForm(sent, initial=held, auto_id=f"{section_id}-%s")


def _page(
    request: Request, revision: QuestionnaireRevision, held: Json, form: SectionForm, **more: Any
) -> HttpResponse:
    context = {
        "survey": revision.survey,
        "revision": revision,
        "section": held,
        "form": form,
        "touched": form.is_bound,
        **shown_state(request, revision, held),
        "inside": bool(request.htmx),
        **more,
    }
    part = "#form" if request.htmx else ""
    status = HTTPStatus.CONFLICT if more and not part else HTTPStatus.OK
    return render(request, f"surveys/builder/section.html{part}", context, status=status)
