"""The question bank beside the builder: take a question over, keep one for later."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from onepublic.core.text import words_of
from surveys.actions import apply_step, keep_question
from surveys.authoring import add_question
from surveys.forms.builder.bank import KeepForm, TakeForm
from surveys.insight.bank import offer_of, offers
from surveys.models import QuestionnaireRevision
from surveys.views.builder.loading import drafters_revision, seen_edit
from surveys.views.builder.opened import page_address


@require_safe
def bank(request: Request, survey_id: int) -> HttpResponse:
    """What may be taken over, found by words, and the form to keep a question."""
    revision = drafters_revision(request, survey_id)
    return _page(request, revision, KeepForm(document=revision.document))


@require_POST
def bank_taking(request: Request, survey_id: int) -> HttpResponse:
    """Take a question over as the last one of a section."""
    revision = drafters_revision(request, survey_id)
    form = TakeForm(request.POST, document=revision.document)
    offer = offer_of(revision.survey, request.POST.get("offer", ""))
    if offer is None or not form.is_valid():
        raise Http404
    section = form.cleaned_data["section"]
    held = next(s for s in revision.document["sections"] if s["id"] == section)["questions"]
    step = partial(
        add_question,
        type_=offer.question["type"],
        section=section,
        after=held[-1]["id"] if held else "",
        **{key: value for key, value in offer.content.items() if key != "type"},
    )
    try:
        applied = apply_step(revision, step, by=request.user, edit=seen_edit(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:bank", survey_id)
    messages.success(request, applied.done.what)
    return redirect(page_address(applied.revision, applied.done.about))


@require_POST
def bank_keeping(request: Request, survey_id: int) -> HttpResponse:
    """Keep a question of this questionnaire."""
    revision = drafters_revision(request, survey_id)
    form = KeepForm(request.POST, document=revision.document)
    if not form.is_valid():
        return _page(request, revision, form, status=422)
    keep_question(
        revision,
        form.cleaned_data["question"],
        by=request.user,
        definition=form.cleaned_data["definition"],
        shared=form.cleaned_data["shared"],
    )
    messages.success(request, "設問バンクに登録しました。")
    return redirect("surveys:bank", survey_id)


def _page(
    request: Request, revision: QuestionnaireRevision, form: KeepForm, status: int = 200
) -> HttpResponse:
    words = words_of(request.GET.get("q", ""))
    context = {
        "survey": revision.survey,
        "revision": revision,
        "words": words,
        "offers": offers(revision.survey, words),
        "sections": revision.document["sections"],
        "form": form,
    }
    return render(request, "surveys/builder/bank.html", context, status=status)
