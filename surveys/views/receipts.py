"""The receipt with a copy of the answers as they were handed in, and the earlier ones."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from surveys.models import Assignment, Submission
from surveys.permissions import can_answer
from surveys.responses import response_as_submitted
from surveys.views.loading import attached_files, visible_assignment
from surveys.views.summary import answer_lines

_PEOPLE = ("submitted_by", "requested_by", "ended_by", "revision")


@require_safe
def receipt(request: Request, assignment_id: int) -> HttpResponse:
    """The one in force, made to be printed."""
    assignment = visible_assignment(request.user, assignment_id)
    rows = assignment.submissions.filter(ended_at__isnull=True)
    rows = rows.select_related(*_PEOPLE).defer("revision__document")
    return _page(request, assignment, get_object_or_404(rows))


@require_safe
def past_receipt(request: Request, assignment_id: int, number: int) -> HttpResponse:
    """One by its number, also when it was pulled back or returned."""
    assignment = visible_assignment(request.user, assignment_id)
    rows = assignment.submissions.select_related(*_PEOPLE).defer("revision__document")
    return _page(request, assignment, get_object_or_404(rows, number=number))


def _page(request: Request, assignment: Assignment, submission: Submission) -> HttpResponse:
    user = request.user
    submission.assignment = assignment
    response = response_as_submitted(submission)
    asked = Assignment.objects.for_organizations_of(user).answerable().select_related("survey")
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "submission": submission,
        "submissions": assignment.submissions.select_related("submitted_by").order_by("number"),
        "sections": answer_lines(
            response, attached_files(response, response.questionnaire.questions)
        ),
        "is_own": assignment.organization_id in user.organization_ids(),
        "can_answer": can_answer(user, assignment),
        "next_assignment": asked.in_order_of_urgency().first(),
        "explained": response.explained,
    }
    return render(request, "surveys/receipt.html", context)
