"""Everything on one page before it is handed in; handing in; the receipt."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import give_warning_reasons, submit
from surveys.forms import ReasonsForm
from surveys.models import Assignment
from surveys.permissions import can_answer
from surveys.responses import Response, load_response
from surveys.views.loading import attached_files, own_assignment, visible_response
from surveys.views.summary import answer_lines, linked_findings


@require_safe
def review(request: Request, assignment_id: int) -> HttpResponse:
    """All answers as they are read, findings that lead to their question, reasons."""
    response = visible_response(request.user, assignment_id)
    return _review_page(request, response, _reasons_form(response))


@require_POST
def reasons(request: Request, assignment_id: int) -> HttpResponse:
    """Keep the reasons for warnings and stay on the page."""
    user = request.user
    response = load_response(own_assignment(user, assignment_id))
    form = _reasons_form(response, request)
    if not form.is_valid():
        return _review_page(request, response, form, status=422)
    give_warning_reasons(response.assignment, by=user, reasons=form.reasons())
    messages.success(request, "理由を保存しました。")
    return redirect("surveys:review", assignment_id)


@require_POST
def submission(request: Request, assignment_id: int) -> HttpResponse:
    """Keep the reasons, submit, show the receipt; a second press shows the same receipt."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    if assignment.is_handed_in:
        return redirect("surveys:receipt", assignment_id)
    response = load_response(assignment)
    form = _reasons_form(response, request)
    if not form.is_valid():
        return _review_page(request, response, form, status=422)
    try:
        give_warning_reasons(assignment, by=user, reasons=form.reasons())
        submit(assignment, by=user)
    except Refused as refusal:
        if Assignment.objects.submitted().filter(pk=assignment.pk).exists():
            return redirect("surveys:receipt", assignment_id)
        messages.error(request, str(refusal))
        return redirect("surveys:review", assignment_id)
    return redirect("surveys:receipt", assignment_id)


@require_safe
def receipt(request: Request, assignment_id: int) -> HttpResponse:
    """The receipt with a copy of the answers, made to be printed."""
    user = request.user
    submitted = Assignment.objects.visible_to(user).submitted().with_survey()
    rows = submitted.select_related("submitted_by")
    response = load_response(get_object_or_404(rows, pk=assignment_id))
    asked = Assignment.objects.for_organizations_of(user).answerable().select_related("survey")
    context = _context(response) | {
        "is_own": response.assignment.organization_id in user.organization_ids(),
        "next_assignment": asked.in_order_of_urgency().first(),
        "explained": response.explained,
    }
    return render(request, "surveys/receipt.html", context)


def _reasons_form(response: Response, request: Request | None = None) -> ReasonsForm:
    return ReasonsForm(
        request.POST if request else None,
        warnings=response.evaluation.warnings,
        given=response.reasons,
    )


def _review_page(
    request: Request, response: Response, form: ReasonsForm, status: int = 200
) -> HttpResponse:
    user = request.user
    context = _context(response) | {
        "form": form,
        "stops": linked_findings(response, stopping=True),
        "warnings": [
            (finding, form[f"reason-{finding.rule_id}"])
            for finding in linked_findings(response, stopping=False)
        ],
        "is_ready": response.evaluation.ready,
        "can_answer": can_answer(user, response.assignment),
    }
    return render(request, "surveys/review.html", context, status=status)


def _context(response: Response) -> dict[str, object]:
    files = attached_files(response, response.questionnaire.questions)
    return {
        "assignment": response.assignment,
        "survey": response.assignment.survey,
        "sections": answer_lines(response, files),
    }
