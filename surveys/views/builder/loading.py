"""Loading the draft that an address names, as far as the person may write it."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from onepublic.core.errors import demand
from onepublic.core.requests import Request
from surveys.actions import Subject, mark_of
from surveys.authoring import Json, StepRefused, find_question
from surveys.models import QuestionnaireRevision, Survey
from surveys.permissions import is_drafter, may_run

SEEN, MARK, FIRST = "revision", "mark", "first"
_LONGEST = 9


def shown_revision(request: Request, survey_id: int) -> QuestionnaireRevision:
    """The newest questionnaire of a survey; 404 when it is unseen, 403 unless one runs it."""
    visible = Survey.objects.visible_to(request.user).select_related("division__parent")
    survey = get_object_or_404(visible, pk=survey_id)
    demand(may_run(request.user, survey))
    revision = survey.revisions.select_related("edited_by").latest("number")
    revision.survey = survey
    return revision


def drafters_revision(request: Request, survey_id: int) -> QuestionnaireRevision:
    """The same, 403 for those who don't draft for the division."""
    revision = shown_revision(request, survey_id)
    demand(is_drafter(request.user, revision.survey))
    return revision


def question_of(revision: QuestionnaireRevision, question_id: str) -> Json:
    """The question, or 404 when there is none."""
    try:
        return find_question(revision.document, question_id)[1]
    except StepRefused:
        raise Http404 from None


def seen_edit(request: Request, name: str = SEEN) -> int:
    """The number of the edit that the page showed; -1, which is always stale, when it says none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else -1


def subject_of(request: Request, kind: str, part_id: str) -> Subject:
    """What a form is about, with the mark of what it showed."""
    return Subject(kind, part_id, request.POST.get(MARK, ""))


def continues(request: Request) -> bool:
    """Whether a form that saves itself has done so before, so that this is the same step."""
    return FIRST in request.POST and seen_edit(request) != seen_edit(request, FIRST)


def shown_state(
    request: Request, revision: QuestionnaireRevision, held: Json | None
) -> dict[str, Any]:
    """What a form has been shown, as it sends it back: the numbers and the mark of its part."""
    sent = request.POST
    return {
        "mark": sent.get(MARK, mark_of(held) if held else ""),
        "seen": sent.get(SEEN, revision.edit),
        "first": sent.get(FIRST, revision.edit),
    }
