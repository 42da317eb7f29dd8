"""One section a page; without script it is saved as a whole."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import confirm_carried, mark_section
from surveys.forms import seen_revisions, seen_token
from surveys.permissions import can_answer, closed_sections
from surveys.presence import BEAT
from surveys.questionnaire import Field, Section
from surveys.responses import Response, load_response
from surveys.views.beside import beside_questions
from surveys.views.carrying import earlier_answers
from surveys.views.loading import attached_files, own_assignment, visible_sections, works_of
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
    again = load_response(assignment)
    if not saving.is_clean:
        return _page(
            request, again, current, draft_of(again, saving, user), status=HTTPStatus.CONFLICT
        )
    if "confirm" in request.POST:
        return _confirm(request, again, current)
    if "done" in request.POST:
        return _finish(request, again, current)
    return redirect(_next_url(request, again, current))


def _confirm(request: Request, response: Response, current: Section) -> HttpResponse:
    """Confirm values of the last round: of the question named, or of the whole section for ""."""
    question_id = request.POST["confirm"]
    seen = seen_revisions(request.POST)
    fields = [f for f in _fields(response, current) if question_id in ("", f.question.id)]
    shown = {field.key: seen[field.key] for field in fields if field.key in seen}
    count = confirm_carried(response.assignment, by=request.user, seen=shown)
    messages.success(request, f"前回の値を{count}項目で確定しました。")
    page = reverse("surveys:section", args=[response.assignment.pk, current.id])
    return redirect(f"{page}#q-{question_id}" if question_id else page)


def _finish(request: Request, response: Response, current: Section) -> HttpResponse:
    """Mark the section as done; what is still missing in it is shown instead."""
    assignment = response.assignment
    try:
        mark_section(assignment, current.id, done=True, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        page = reverse("surveys:section", args=[assignment.pk, current.id])
        return redirect(f"{page}?check=1")
    messages.success(request, f"「{current.title}」の入力を完了しました。")
    return redirect("surveys:assignment", assignment.pk)


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
    closed = closed_sections(request.user, works_of(response.assignment))
    following = sections[sections.index(current.id) + 1 :]
    own = next((section for section in following if section not in closed), None)
    if own is None:
        return reverse("surveys:review", args=[assignment_id])
    return reverse("surveys:section", args=[assignment_id, own])


def _page(
    request: Request,
    response: Response,
    current: Section,
    draft: Draft,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    sections = visible_sections(response)
    place = sections.index(current)
    works = works_of(response.assignment)
    closed = closed_sections(request.user, works)
    if current.id in closed and status == HTTPStatus.OK:
        return redirect("surveys:part", response.assignment.pk, current.id)
    earlier = earlier_answers(response, current)
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
        "steps": section_steps(response, current.id, closed=closed),
        "work": works.get(current.id),
        "beat": BEAT,
        "seen": _seen(response, current),
        "earlier": earlier,
        "unconfirmed": sum(each.unconfirmed for each in earlier.values()),
        "beside": beside_questions(response, request.user),
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
