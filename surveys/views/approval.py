"""What waits for approval inside the organization; giving back, withdrawing, settling remarks."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.states import Role
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.actions import return_inside, settle_remark, withdraw_approval_request
from surveys.forms import ReturnInsideForm
from surveys.models import Assignment
from surveys.permissions import may_approve
from surveys.responses import load_response
from surveys.views.loading import own_assignment
from surveys.views.review import review_page


@require_safe
def approvals(request: Request) -> HttpResponse:
    """What waits for this approver, the most urgent first."""
    user = request.user
    demand(user.has_role(Role.APPROVER))
    request.section = reverse("surveys:assignments")
    waiting = (
        Assignment.objects.awaiting_approval_of(user)
        .select_related("survey__division__parent", "organization", "requested_by")
        .in_order_of_urgency()
    )
    return render(request, "surveys/approvals.html", {"assignments": waiting})


@require_POST
def approval_return(request: Request, assignment_id: int) -> HttpResponse:
    """Give the response back with a reason and remarks."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    demand(may_approve(user, assignment))
    response = load_response(assignment)
    form = ReturnInsideForm(request.POST, questions=response.questionnaire.questions)
    if not form.is_valid():
        return review_page(request, response, return_form=form, status=422)
    return _act(
        request,
        assignment_id,
        lambda: return_inside(
            assignment, by=user, reason=form.cleaned_data["reason"], remarks=form.remarks
        ),
        done="差し戻しました。決裁を求めた人にメールでお知らせします。",
    )


@require_POST
def approval_withdrawal(request: Request, assignment_id: int) -> HttpResponse:
    """Go on writing."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    return _act(
        request,
        assignment_id,
        lambda: withdraw_approval_request(assignment, by=user),
        done="決裁の依頼を取り下げました。回答を変更できます。",
    )


@require_POST
def remark_settlement(request: Request, assignment_id: int, remark_id: int) -> HttpResponse:
    """Mark a remark as dealt with, and go back to its question."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    remark = get_object_or_404(assignment.remarks, pk=remark_id)
    settle_remark(remark, by=user)
    response = load_response(assignment)
    section = response.questionnaire.section_by_question.get(remark.question_id)
    if section is None or section.id != request.POST.get("section"):
        return redirect("surveys:review", assignment_id)
    page = reverse("surveys:section", args=[assignment_id, section.id])
    return redirect(f"{page}#q-{remark.question_id}")


def _act(
    request: Request, assignment_id: int, verb: Callable[[], object], *, done: str
) -> HttpResponse:
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("surveys:review", assignment_id)
