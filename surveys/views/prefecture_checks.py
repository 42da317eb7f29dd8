"""A prefecture checks a response of a municipality: reads it, returns it, confirms it."""

from collections import defaultdict
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.requests import Request
from onepublic.core.text import without_forbidden
from surveys.actions.prefecture_checks import confirm_responses, return_to_municipality
from surveys.forms.prefecture_checks import ReturnToMunicipalityForm
from surveys.models import Assignment, Remark
from surveys.prefecture_rights import (
    can_confirm,
    can_return_response,
    may_check,
    may_check_survey,
    prefecture_for,
)
from surveys.prefectures import Shown
from surveys.responses import Response, load_response
from surveys.states import Stage
from surveys.views.loading import attached_files, visible_assignment
from surveys.views.municipalities import (
    Followed,
    area_page,
    area_page_of,
    followed_municipalities,
    shown_in,
)
from surveys.views.shown import shown_at
from surveys.views.summary import answer_lines

MOST_CHOSEN = 200
NONE_CHOSEN = "確認する市区町村を選んでください。"
NONE_LEFT = "確認を待つ回答はありませんでした。取り戻されたか、すでに確認済みです。"


@require_safe
def checking(request: Request, assignment_id: int) -> HttpResponse:
    """The answers as they are read, what was said of them before, and what may be done now."""
    return _page(request, load_response(_checked(request, assignment_id)))


@require_POST
def checking_return(request: Request, assignment_id: int) -> HttpResponse:
    """Give the response back with a reason, remarks and a day."""
    assignment = _checked(request, assignment_id)
    response = load_response(assignment)
    form = ReturnToMunicipalityForm(request.POST, questions=response.questionnaire.questions)
    if not form.is_valid():
        return _page(request, response, form=form)
    typed = form.cleaned_data
    try:
        return_to_municipality(
            assignment,
            by=request.user,
            reason=typed["reason"],
            remarks=form.remarks,
            until=typed["until"],
        )
    except Stale as overtaken:
        messages.error(request, str(overtaken))
    except Refused as refusal:
        place = "until" if can_return_response(request.user, assignment) else None
        form.add_error(place, str(refusal))
        return _page(request, response, form=form)
    else:
        messages.success(request, "差し戻しました。回答している職員にメールで知らせます。")
    return redirect(area_page_of(request.user, assignment))


@require_POST
def checking_confirmation(request: Request, assignment_id: int) -> HttpResponse:
    """Confirm the submission that the page showed."""
    assignment = _checked(request, assignment_id)
    receipts = _receipts(request)[:1]

    def confirm() -> None:
        own = prefecture_for(request.user, assignment)
        if not confirm_responses(
            assignment.survey, by=request.user, prefecture=own, receipts=receipts
        ):
            raise Refused(NONE_LEFT)

    return _act(request, assignment, confirm, done="確認済みにしました。")


@require_http_methods(["GET", "HEAD", "POST"])
def confirmations(request: Request, survey_id: int) -> HttpResponse:
    """Confirm those that were ticked; or all that waited, once a page has said how many."""
    followed = followed_municipalities(request, survey_id)
    demand(may_check_survey(request.user, followed.survey, followed.prefecture))
    shown = shown_in(request.POST.get("show", ""), followed)
    before = shown_at(request.POST.get("before", "")) if "all" in request.POST else None
    if request.method != "POST" or ("all" in request.POST and before is None):
        return _question(request, followed)
    receipts = None if before else _receipts(request)
    try:
        count = confirm_responses(
            followed.survey,
            by=request.user,
            prefecture=followed.prefecture,
            receipts=receipts,
            before=before,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, count, is_chosen=receipts != [])
    return redirect(area_page(survey_id, followed.named, show=shown))


def _question(request: Request, followed: Followed) -> HttpResponse:
    """How many would be confirmed, which, and what follows from it."""
    now = timezone.now()  # before the rows are read: what comes in meanwhile was not shown
    waiting = list(followed.only(Shown.WAITING).select_related("organization"))
    if not waiting:
        messages.warning(request, NONE_LEFT)
        return redirect(followed.page)
    context = {
        "survey": followed.survey,
        "prefecture": followed.prefecture,
        "named": followed.named,
        "area_url": followed.page,
        "waiting": sorted(waiting, key=lambda one: one.organization.code),
        "now": now,
    }
    return render(request, "surveys/prefectures/confirmation.html", context)


def _receipts(request: Request) -> list[str]:
    """The numbers sent, as far as the database can look for them."""
    return [without_forbidden(text) for text in request.POST.getlist("receipt")[:MOST_CHOSEN]]


def _tell(request: Request, count: int, *, is_chosen: bool) -> None:
    if count:
        messages.success(request, f"{count}団体の回答を確認済みにしました。")
    else:
        messages.warning(request, NONE_LEFT if is_chosen else NONE_CHOSEN)


def _checked(request: Request, assignment_id: int) -> Assignment:
    """404 when the person may not read it, 403 when they may not check it."""
    assignment = visible_assignment(request.user, assignment_id)
    demand(may_check(request.user, assignment))
    return assignment


def _act(
    request: Request, assignment: Assignment, verb: Callable[[], object], *, done: str
) -> HttpResponse:
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(area_page_of(request.user, assignment))


def _page(
    request: Request, response: Response, form: ReturnToMunicipalityForm | None = None
) -> HttpResponse:
    request.section = reverse("surveys:surveys")
    user, assignment = request.user, response.assignment
    questions = response.questionnaire.questions
    can_return = can_return_response(user, assignment)
    if form is None and can_return:
        form = ReturnToMunicipalityForm(questions=questions)
    said = _said_before(assignment)
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "area_url": area_page_of(user, assignment),
        "submission": assignment.submissions.filter(ended_at=None)
        .select_related("submitted_by")
        .first(),
        "sections": answer_lines(response, attached_files(response, questions)),
        "explained": response.explained,
        "has_previous": response.previous is not None,
        "form": form,
        "can_return": can_return,
        "can_confirm": can_confirm(user, assignment),
        "said": said,
        "said_of_whole": said.get("", []),
    }
    return render(
        request,
        "surveys/prefectures/checking.html",
        context,
        status=422 if form and form.is_bound else 200,
    )


def _said_before(assignment: Assignment) -> dict[str, list[Remark]]:
    """The prefecture's remarks by question id, the oldest first; one query."""
    found: defaultdict[str, list[Remark]] = defaultdict(list)
    remarks = assignment.remarks.filter(stage=Stage.PREFECTURE).select_related("written_by")
    for remark in remarks:
        found[remark.question_id].append(remark)
    return dict(found)
