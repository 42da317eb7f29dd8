"""What a calculated question shows: picked, or written as a formula."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import apply_step, mark_of
from surveys.authoring import change_question, questions_before, short
from surveys.authoring.sides import amounts
from surveys.forms.builder import PICK, SideEditor
from surveys.questionnaire.describe import describe_formula
from surveys.questionnaire.kinds import CalculatedAnswer
from surveys.views.builder.cards import parsed
from surveys.views.builder.loading import drafters_revision, question_of, seen_edit, subject_of
from surveys.views.builder.page import Said, answer


@require_http_methods(["GET", "HEAD", "POST"])
def calculation(request: Request, survey_id: int, question_id: str) -> HttpResponse:
    """The formula of a calculated question, which reads the questions before it."""
    revision = drafters_revision(request, survey_id)
    held = question_of(revision, question_id)
    if held["type"] != "calculated":
        raise Http404
    among = amounts(questions_before(revision.document, question_id))
    post = request.POST if request.method == "POST" else None
    view = request.GET.get("view", PICK)
    editor = SideEditor("formula", held["formula"], among, view=view, post=post)
    formula = editor.value() if post is not None else None
    if formula is not None:
        step = partial(
            change_question, question_id=question_id, content={**held, "formula": formula}
        )
        try:
            applied = apply_step(
                revision,
                step,
                by=request.user,
                edit=seen_edit(request),
                subject=subject_of(request, "question", question_id),
            )
        except Refused as refusal:
            editor.error = str(refusal)
        else:
            return answer(request, revision, Said(applied.done.what, question_id))
    questionnaire = parsed(revision)
    shown = questionnaire.question(question_id).answer
    context = {
        "survey": revision.survey,
        "question": held,
        "name": short(held),
        "editor": editor,
        "sentence": describe_formula(shown.formula, questionnaire)
        if isinstance(shown, CalculatedAnswer)
        else "",
        "seen": revision.edit,
        "mark": mark_of(held),
    }
    return render(request, "surveys/builder/calculation.html", context)
