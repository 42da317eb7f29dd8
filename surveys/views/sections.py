"""One section a page; without script it is saved as a whole."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from onepublic.core.requests import Request
from surveys.forms import seen_token
from surveys.permissions import can_answer
from surveys.presence import BEAT
from surveys.questionnaire import Field, Section
from surveys.responses import Response, load_response
from surveys.views.loading import attached_files, own_assignment, visible_sections
from surveys.views.marks import section_problems
from surveys.views.questions import Draft, show_questions
from surveys.views.saving import draft_of, save_page, unsaved_fields
from surveys.views.showing import typed
from surveys.views.steps import section_steps


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, assignment_id: int, section_id: str) -> HttpResponse:
    """The questions of one section; a POST saves what was changed and goes where it says."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    if request.method != "POST" and not can_answer(user, assignment):
        return redirect("surveys:review", assignment_id)
    response = load_response(assignment)
    current = _section(response, section_id)
    if request.method != "POST":
        draft = Draft(with_blanks="check" in request.GET)
        return _page(request, response, current, draft)
    saving = save_page(request, assignment, _fields(response, current), user)
    if saving.is_clean:
        return redirect(_next_url(request, load_response(assignment), current))
    again = load_response(assignment)
    return _page(request, again, current, draft_of(again, saving, user), status=409)


def _section(response: Response, section_id: str) -> Section:
    for each in response.questionnaire.sections:
        if each.id == section_id and each.id in response.evaluation.visible_sections:
            return each
    raise Http404


def _fields(response: Response, current: Section) -> list[Field]:
    questionnaire = response.questionnaire
    return [field for q in current.questions for field in questionnaire.fields_of(q.id)]


def _next_url(request: Request, response: Response, current: Section) -> str:
    sections = [each.id for each in visible_sections(response)]
    assignment_id = response.assignment.pk
    if "next" not in request.POST or current.id not in sections:
        return reverse("surveys:section", args=[assignment_id, current.id])
    place = sections.index(current.id) + 1
    if place == len(sections):
        return reverse("surveys:review", args=[assignment_id])
    return reverse("surveys:section", args=[assignment_id, sections[place]])


def _page(
    request: Request, response: Response, current: Section, draft: Draft, status: int = 200
) -> HttpResponse:
    sections = visible_sections(response)
    place = sections.index(current)
    context = {
        "assignment": response.assignment,
        "survey": response.assignment.survey,
        "section": current,
        "number": place + 1,
        "count": len(sections),
        "previous": sections[place - 1] if place else None,
        "is_last": place + 1 == len(sections),
        "questions": show_questions(
            response, current.questions, draft, attached_files(response, current.questions)
        ),
        "unsaved": unsaved_fields(response, draft),
        "problems": section_problems(response, current.id, with_blanks=draft.with_blanks),
        "steps": section_steps(response, current.id),
        "beat": BEAT,
        "seen": _seen(response, current),
    }
    return render(request, "surveys/section.html", context, status=status)


def _seen(response: Response, current: Section) -> str:
    answers = response.answers
    return seen_token(
        {
            field.key: (answers[field.key].revision, typed(field, answers[field.key].value))
            for field in _fields(response, current)
            if field.key in answers
        }
    )
