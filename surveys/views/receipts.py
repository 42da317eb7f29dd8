"""The receipt with a copy of the answers as they were handed in, and the earlier ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import pull_back
from surveys.forms.handing_in import PullBackForm
from surveys.models import Assignment, Release, Submission
from surveys.permissions import can_pull_back
from surveys.proxied import proxied_fields, proxies_before
from surveys.responses import response_as_submitted
from surveys.views.beside import beside_questions
from surveys.views.loading import (
    attached_files,
    own_assignment,
    successor_address,
    visible_assignment,
)
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


@require_POST
def pulling_back(request: Request, assignment_id: int) -> HttpResponse:
    """Take it back before the deadline and go on writing."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    form = PullBackForm(request.POST)
    if not form.is_valid():
        rows = assignment.submissions.select_related(*_PEOPLE)
        return _page(request, assignment, get_object_or_404(rows, ended_at=None), form)
    try:
        pull_back(assignment, by=user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "提出を取り戻しました。直した後、もう一度提出してください。")
    return redirect("surveys:assignment", assignment_id)


def _page(
    request: Request,
    assignment: Assignment,
    submission: Submission,
    form: PullBackForm | None = None,
) -> HttpResponse:
    user = request.user
    submission.assignment = assignment
    proxies = proxies_before(submission)
    response = response_as_submitted(submission, proxied_fields(submission) if proxies else ())
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
        "successor_url": successor_address(user, assignment),
        "form": form or PullBackForm(),
        "can_pull_back": submission.ended_at is None and can_pull_back(user, assignment),
        "next_assignment": asked.in_order_of_urgency().first(),
        "explained": response.explained,
        "is_released": Release.objects.visible_to(user).filter(survey=assignment.survey).exists(),
        "proxies": proxies,
        "by_proxy": any(each.submission_id == submission.pk for each in proxies),
        "beside": None if submission.ended_at else beside_questions(response, user),
    }
    return render(request, "surveys/receipt.html", context, status=422 if form else 200)
