"""What my organization is asked, and one assignment as a list of tasks."""

from collections import Counter
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.states import Role
from onepublic.core.documents import address_of
from onepublic.core.requests import Request
from onepublic.files.models import StoredFile
from onepublic.files.serving import file_response
from surveys.models import Answer, Assignment, PrefectureRound, Release
from surveys.permissions import can_answer, can_approve_response, closed_sections, may_answer
from surveys.prefecture_rights import may_end_proxy
from surveys.presence import BEAT
from surveys.questionnaire import Level, SectionState
from surveys.views.beside import beside_questions
from surveys.views.carrying import blank_carryable
from surveys.views.loading import (
    proxy_in_force,
    round_for,
    successor_address,
    visible_assignment,
    visible_response,
    works_of,
)
from surveys.views.saying import inquiry_lines
from surveys.views.steps import section_steps, states_of, tasks_of, way_on

TABS = {"": "すべて", "mine": "自分の課室", "returned": "差戻し"}


@require_safe
def assignments(request: Request) -> HttpResponse:
    """Every survey that the person's organizations were asked, those with which the own divisions
    deal, or those that were given back to the person; the most urgent first.
    """
    user, show = request.user, request.GET.get("show", "")
    asked = Assignment.objects.for_organizations_of(user).select_related(
        "survey__division__parent",
        "organization",
        "division",
        "succeeded_by__organization",
    )
    shown = {"returned": asked.returned_to, "mine": asked.at_divisions_of}.get(show)
    waiting = Assignment.objects.awaiting_approval_of(user)
    found = (shown(user) if shown else asked).annotate(
        prefecture_day=_prefecture_day(),
        is_released=Exists(Release.objects.visible_to(user).filter(survey=OuterRef("survey"))),
    )
    context = {
        "assignments": found.in_order_of_urgency(),
        "tabs": _tabs(show if shown else ""),
        "is_returned": show == "returned",
        "is_mine": show == "mine",
        "awaiting_count": waiting.count() if user.has_role(Role.APPROVER) else 0,
    }
    return render(request, "surveys/assignments.html", context)


def _prefecture_day() -> Subquery:
    """The earlier day that the organization's prefecture asks for."""
    rounds = PrefectureRound.objects.in_force().filter(
        survey=OuterRef("survey"), prefecture=OuterRef("organization__prefecture")
    )
    return Subquery(rounds.values("due_on"))


def _tabs(show: str) -> list[dict[str, object]]:
    page = reverse("surveys:assignments")
    return [
        {"label": label, "url": f"{page}?show={key}" if key else page, "current": key == show}
        for key, label in TABS.items()
    ]


@require_safe
def assignment(request: Request, assignment_id: int) -> HttpResponse:
    """The sections with their states, the deadline, whom to ask, what is still to do."""
    user = request.user
    response = visible_response(user, assignment_id)
    if response.assignment.is_handed_in:
        return redirect("surveys:receipt", assignment_id)
    states = states_of(response).values()
    levels = Counter(found.level for found in response.evaluation.findings)
    works = works_of(response.assignment)
    closed = closed_sections(user, works)
    can_write = can_answer(user, response.assignment)
    writes = may_answer(user, response.assignment)
    context = {
        "assignment": response.assignment,
        "survey": response.assignment.survey,
        "tasks": tasks_of(response, works, section_steps(response, writes=writes, closed=closed)),
        "done_count": sum(state is SectionState.DONE for state in states),
        "blank_count": levels[Level.BLANK],
        "error_count": levels[Level.INVALID] + levels[Level.ERROR],
        "unexplained_count": len(response.unexplained),
        "explained": response.explained,
        "can_answer": can_write,
        "can_approve": can_approve_response(user, response.assignment),
        "way_on": way_on(response, closed),
        "carryable_count": blank_carryable(response) if can_write else 0,
        "unconfirmed_count": len(response.unconfirmed),
        "has_previous": response.previous is not None,
        "merged": response.merged,
        "notice_url": address_of(user, response.assignment.survey.related_notice_number),
        "beat": BEAT,
        "beside": (beside := beside_questions(response, user)),
        "inquiry_lines": inquiry_lines(response, beside),
        "predecessors": response.assignment.predecessors.select_related("organization"),
        "round": (said := round_for(response.assignment)),
        "round_files": said.files.order_by("name") if said else [],
        "proxy": proxy_in_force(response.assignment),
        "may_end_proxy": may_end_proxy(user, response.assignment),
        "successor_url": successor_address(user, response.assignment),
        "past_submissions": response.assignment.submissions.order_by("number"),
    }
    return render(request, "surveys/assignment.html", context)


@require_safe
def answer_file(request: Request, assignment_id: int, file_id: UUID) -> FileResponse:
    """A file of an answer, now or as it was submitted, for whoever may see the answers."""
    seen = visible_assignment(request.user, assignment_id)
    answered = Answer.objects.filter(assignment=seen).values("files")
    submitted = seen.submissions.values("files")
    owned = Q(pk__in=answered) | Q(pk__in=submitted)
    stored = get_object_or_404(StoredFile, owned, pk=file_id)
    return file_response(stored)
