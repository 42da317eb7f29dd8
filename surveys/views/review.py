"""Everything on one page before it is handed in: findings, reasons, approval; handing in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import give_warning_reasons, request_approval, submit
from surveys.forms import ReasonsForm, ReturnInsideForm
from surveys.models import Assignment
from surveys.permissions import (
    can_answer,
    can_approve_response,
    can_hand_in,
    is_own_writer,
    may_answer,
)
from surveys.quarantine import what_is_held
from surveys.responses import Response, load_response
from surveys.states import AssignmentState
from surveys.views.beside import beside_questions
from surveys.views.loading import (
    attached_files,
    own_assignment,
    successor_address,
    visible_response,
)
from surveys.views.summary import answer_lines, linked_findings


@require_safe
def review(request: Request, assignment_id: int) -> HttpResponse:
    """All answers as they are read, findings that lead to their question, reasons."""
    return review_page(request, visible_response(request.user, assignment_id))


@require_POST
def reasons(request: Request, assignment_id: int) -> HttpResponse:
    """Keep the reasons for warnings and stay on the page."""
    user = request.user
    response = load_response(own_assignment(user, assignment_id))
    form = _reasons_form(response, request)
    if not form.is_valid():
        return review_page(request, response, form=form, status=422)
    give_warning_reasons(response.assignment, by=user, reasons=form.reasons())
    messages.success(request, "理由を保存しました。")
    return redirect("surveys:review", assignment_id)


@require_POST
def submission(request: Request, assignment_id: int) -> HttpResponse:
    """Submit, alone or as approver, and show the receipt; a second press shows the same one.

    Reasons for warnings come with it, unless it waits for its approval: then nothing changes.
    """
    user = request.user
    assignment = own_assignment(user, assignment_id)
    if assignment.is_handed_in:
        return redirect("surveys:receipt", assignment_id)
    response = load_response(assignment)
    form = _reasons_form(response, request)
    if not form.is_valid():
        return review_page(request, response, form=form, status=422)
    try:
        if assignment.state != AssignmentState.AWAITING_APPROVAL:
            give_warning_reasons(assignment, by=user, reasons=form.reasons())
        submit(assignment, by=user)
    except Refused as refusal:
        if Assignment.objects.submitted().filter(pk=assignment.pk).exists():
            return redirect("surveys:receipt", assignment_id)
        messages.error(request, str(refusal))
        return redirect("surveys:review", assignment_id)
    return redirect("surveys:receipt", assignment_id)


@require_POST
def approval(request: Request, assignment_id: int) -> HttpResponse:
    """Keep the reasons and ask the organization's approvers; a second press changes nothing."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    if assignment.state == AssignmentState.AWAITING_APPROVAL:
        return redirect("surveys:review", assignment_id)
    response = load_response(assignment)
    form = _reasons_form(response, request)
    if not form.is_valid():
        return review_page(request, response, form=form, status=422)
    try:
        give_warning_reasons(assignment, by=user, reasons=form.reasons())
        request_approval(assignment, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "決裁を求めました。決裁者にメールでお知らせします。")
    return redirect("surveys:review", assignment_id)


def review_page(
    request: Request, response: Response, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page with what the person may do now; ``form`` and ``return_form`` hold bad input."""
    user, assignment = request.user, response.assignment
    form = forms.get("form") or _reasons_form(response)
    return_form = forms.get("return_form")
    if return_form is None and can_approve_response(user, assignment):
        return_form = ReturnInsideForm(questions=response.questionnaire.questions)
    waits = assignment.state == AssignmentState.AWAITING_APPROVAL
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "sections": answer_lines(
            response, attached_files(response, response.questionnaire.questions)
        ),
        "form": return_form if waits else form,
        "return_form": return_form,
        "stops": linked_findings(response, stopping=True),
        "held": what_is_held(assignment, response.evaluation.visible_fields),
        "warnings": [
            (finding, form[f"reason-{finding.rule_id}"])
            for finding in linked_findings(response, stopping=False)
        ],
        "explained": response.explained,
        "is_ready": response.evaluation.ready and not response.unconfirmed,
        "can_answer": can_answer(user, assignment),
        "is_own_writer": is_own_writer(user, assignment),
        "can_hand_in": can_hand_in(user, assignment),
        "can_withdraw": waits and assignment.is_open and may_answer(user, assignment),
        "beside": beside_questions(response, user),
        "successor_url": successor_address(user, assignment),
    }
    return render(request, "surveys/review.html", context, status=status)


def _reasons_form(response: Response, request: Request | None = None) -> ReasonsForm:
    return ReasonsForm(
        request.POST if request else None,
        warnings=response.evaluation.warnings,
        given=response.reasons,
    )
