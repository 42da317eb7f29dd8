"""Which division of the organization gathers the response: the page, and the acts on it."""

from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Division
from onepublic.core.requests import Request
from surveys.actions import give_response_back, hand_response
from surveys.actions.gathering import last_handing
from surveys.forms import GiveBackForm, HandResponseForm
from surveys.models import Assignment
from surveys.permissions import can_answer, may_gather, may_name_gatherer
from surveys.states import AssignmentState
from surveys.views.loading import own_assignment


@require_http_methods(["GET", "HEAD", "POST"])
def gathering(request: Request, assignment_id: int) -> HttpResponse:
    """Who gathers the response; a POST gives it to another division of the organization."""
    assignment = own_assignment(request.user, assignment_id)
    if request.method != "POST":
        return _page(request, assignment)
    form = HandResponseForm(request.POST, divisions=_others(assignment))
    if not form.is_valid():
        return _page(request, assignment, hand_form=form)
    to: Division = form.cleaned_data.pop("division")
    hand_response(assignment, to=to, by=request.user, **form.cleaned_data)
    messages.success(request, f"回答の取りまとめを{to.name}に依頼しました。")
    return redirect("surveys:assignment", assignment.pk)


@require_POST
def gathering_return(request: Request, assignment_id: int) -> HttpResponse:
    """Give the response back to the window."""
    assignment = own_assignment(request.user, assignment_id)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, assignment, back_form=form)
    give_response_back(assignment, by=request.user, **form.cleaned_data)
    messages.success(request, "回答の取りまとめを窓口の課室に戻しました。")
    return redirect("surveys:assignment", assignment.pk)


def _others(assignment: Assignment) -> "QuerySet[Division]":
    """The divisions that may be asked: neither the window nor the one that has it."""
    own = Division.objects.in_force().filter(organization=assignment.organization_id)
    return own.exclude(is_window=True).exclude(pk=assignment.division_id or 0)


def _page(
    request: Request,
    assignment: Assignment,
    hand_form: HandResponseForm | None = None,
    back_form: GiveBackForm | None = None,
) -> HttpResponse:
    user = request.user
    shown = {"held_by": assignment.division_id}
    may_name = can_answer(user, assignment) and may_name_gatherer(user, assignment)
    form = hand_form or back_form
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "form": form,
        "hand_form": hand_form or HandResponseForm(divisions=_others(assignment), initial=shown),
        "back_form": back_form or GiveBackForm(initial=shown, auto_id="id_back_%s"),
        "may_name": may_name,
        "gathers": may_gather(user, assignment),
        "last": last_handing(assignment),
        "waits": assignment.state == AssignmentState.AWAITING_APPROVAL,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "surveys/gathering.html", context, status=status)
