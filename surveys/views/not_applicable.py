"""Saying that nothing of a survey applies to the organization."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import declare_not_applicable, request_approval
from surveys.forms.handing_in import NotApplicableForm
from surveys.models import Assignment
from surveys.permissions import can_answer
from surveys.views.loading import own_assignment


@require_http_methods(["GET", "HEAD", "POST"])
def not_applicable(request: Request, assignment_id: int) -> HttpResponse:
    """Ask for the reason, then hand it in or put it forward for approval."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    sent = request.POST if request.method == "POST" else None
    if sent is None and not can_answer(user, assignment):
        return redirect("surveys:review", assignment_id)
    form = NotApplicableForm(sent, initial={"reason": assignment.not_applicable_reason})
    if form.is_valid():
        return _hand_in(request, assignment, user, form.cleaned_data["reason"])
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "form": form,
        "needs_approval": assignment.organization.answers_need_approval,
        "has_answers": assignment.answers.filter(value__isnull=False).exists(),
    }
    return render(request, "surveys/not_applicable.html", context, status=422 if sent else 200)


def _hand_in(request: Request, assignment: Assignment, user: User, reason: str) -> HttpResponse:
    try:
        if assignment.organization.answers_need_approval:
            request_approval(assignment, by=user, reason=reason)
            messages.success(request, "該当なしとして、決裁を求めました。")
            return redirect("surveys:review", assignment.pk)
        declare_not_applicable(assignment, by=user, reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:review", assignment.pk)
    return redirect("surveys:receipt", assignment.pk)
