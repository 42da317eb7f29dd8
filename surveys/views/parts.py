"""Which division writes a section, and whether it is done: the page, and the acts on it."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Division
from onepublic.core.requests import Request
from surveys.actions import give_back, hand_section, mark_section
from surveys.forms import GiveBackForm, HandSectionForm
from surveys.models import Assignment, SectionWork
from surveys.permissions import can_answer, may_gather, may_write_part
from surveys.questionnaire import Section
from surveys.responses import load_response
from surveys.views.loading import own_assignment, visible_sections, works_of


@dataclass(frozen=True, slots=True)
class Seat:
    """One section of one response, with who works on it."""

    assignment: Assignment
    section: Section
    work: SectionWork


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: Request, assignment_id: int, section_id: str) -> HttpResponse:
    """Who writes the section; a POST hands it to another division of the organization."""
    seat = _seat(request, assignment_id, section_id)
    if request.method != "POST":
        return _page(request, seat)
    form = HandSectionForm(request.POST, divisions=_others(seat.assignment))
    if not form.is_valid():
        return _page(request, seat, hand_form=form)
    to: Division = form.cleaned_data.pop("division")
    hand_section(seat.assignment, section_id, to=to, by=request.user, **form.cleaned_data)
    return _done(request, seat, f"の入力を{to.name}に依頼しました。")


@require_POST
def part_return(request: Request, assignment_id: int, section_id: str) -> HttpResponse:
    """Give the section back to the division that gathers the response."""
    seat = _seat(request, assignment_id, section_id)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, back_form=form)
    give_back(seat.assignment, section_id, by=request.user, **form.cleaned_data)
    return _done(request, seat, "を取りまとめの課室に戻しました。")


@require_POST
def part_completion(request: Request, assignment_id: int, section_id: str) -> HttpResponse:
    """Mark the section as done, or with ``undone`` as not yet done."""
    seat = _seat(request, assignment_id, section_id)
    done = "undone" not in request.POST
    mark_section(seat.assignment, section_id, done=done, by=request.user)
    return _done(request, seat, "の入力を完了しました。" if done else "を入力中に戻しました。")


def _done(request: Request, seat: Seat, what: str) -> HttpResponse:
    messages.success(request, f"「{seat.section.title}」{what}")
    return redirect("surveys:assignment", seat.assignment.pk)


def _seat(request: Request, assignment_id: int, section_id: str) -> Seat:
    """What the address names; 404 for a section that this organization is not asked."""
    assignment = own_assignment(request.user, assignment_id)
    sections = visible_sections(load_response(assignment))
    section = next((each for each in sections if each.id == section_id), None)
    if section is None:
        raise Http404
    work = works_of(assignment).get(section_id, SectionWork(section_id=section_id))
    return Seat(assignment, section, work)


def _others(assignment: Assignment) -> "QuerySet[Division]":
    """The divisions that may be asked: all of the organization but the one that gathers."""
    own = Division.objects.in_force().filter(organization=assignment.organization_id)
    if assignment.division_id is None:
        return own.exclude(is_window=True)
    return own.exclude(pk=assignment.division_id)


def _page(
    request: Request,
    seat: Seat,
    hand_form: HandSectionForm | None = None,
    back_form: GiveBackForm | None = None,
) -> HttpResponse:
    user, work = request.user, seat.work
    shown = {"held_by": work.division_id}
    others = _others(seat.assignment).exclude(pk=work.division_id or 0)
    open_now = can_answer(user, seat.assignment)
    gathers = open_now and may_gather(user, seat.assignment)
    writes = open_now and may_write_part(user, work.division_id)
    form = hand_form or back_form
    context = {
        "assignment": seat.assignment,
        "survey": seat.assignment.survey,
        "section": seat.section,
        "work": work,
        "form": form,
        "hand_form": hand_form or HandSectionForm(divisions=others, initial=shown),
        "back_form": back_form or GiveBackForm(initial=shown, auto_id="id_back_%s"),
        "gathers": gathers,
        "writes": writes,
        "gives_back": work.division_id is not None and (gathers or writes),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "surveys/part.html", context, status=status)
