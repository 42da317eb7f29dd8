"""One response as the ministry checks it: read, commented on, given back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.actions import comment_on, return_responses
from surveys.forms.checking import CheckForm
from surveys.models import Assignment, Survey
from surveys.permissions import may_run
from surveys.responses import Response, load_response
from surveys.states import AssignmentState
from surveys.views.beside import beside_questions
from surveys.views.checking import NONE_RETURNED, RETURNED, checked_survey
from surveys.views.compared import with_earlier, with_former
from surveys.views.loading import attached_files, round_for
from surveys.views.summary import answer_lines

NOTHING_SAID = "全体への指摘か、設問への指摘を入力してください。"


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, survey_id: int, assignment_id: int) -> HttpResponse:
    """The answers with those of the last round; a POST gives the response back."""
    survey = checked_survey(request, survey_id)
    response = _response(survey, assignment_id)
    questions = response.questionnaire.questions
    if request.method != "POST":
        return _page(request, response, CheckForm(questions=questions))
    demand(may_run(request.user, survey))
    form = CheckForm(request.POST, questions=questions)
    if form.is_valid():
        try:
            count = return_responses(
                survey,
                [assignment_id],
                by=request.user,
                reason=form.cleaned_data["reason"],
                until=form.cleaned_data["until"],
                remarks=form.remarks,
            )
        except Refused as refusal:
            form.add_error("until", str(refusal))
        else:
            if count:
                messages.success(request, "回答を差し戻しました。回答した人にメールで知らせます。")
            else:
                messages.warning(request, NONE_RETURNED)
            return redirect(f"{reverse('surveys:checks', args=[survey.pk])}?stage={RETURNED}")
    return _page(request, response, form)


@require_POST
def comments(request: Request, survey_id: int, assignment_id: int) -> HttpResponse:
    """Keep what was said at the questions, without giving the response back."""
    survey = checked_survey(request, survey_id)
    response = _response(survey, assignment_id)
    demand(may_run(request.user, survey))
    form = CheckForm(request.POST, questions=response.questionnaire.questions, comment_only=True)
    if form.is_valid():
        said = {"": form.cleaned_data["reason"], **form.remarks}
        spoken = {key: text for key, text in said.items() if text.strip()}
        for question_id, text in spoken.items():
            comment_on(response.assignment, by=request.user, question_id=question_id, text=text)
        if spoken:
            messages.success(request, f"{len(spoken)}件の指摘を残しました。")
            return redirect("surveys:check", survey.pk, assignment_id)
        form.add_error("reason", NOTHING_SAID)
    return _page(request, response, form)


def _response(survey: Survey, assignment_id: int) -> Response:
    """What is handed in, or 404: before and after, the answers are the organization's alone. Of one
    that was merged, the successor's response is checked.
    """
    rows = Assignment.objects.filter(survey=survey).counted().submitted().with_survey()
    return load_response(get_object_or_404(rows, pk=assignment_id))


def _page(request: Request, response: Response, form: CheckForm) -> HttpResponse:
    assignment, user = response.assignment, request.user
    files = attached_files(response, response.questionnaire.questions)
    handed_in = list(assignment.submissions.select_related("submitted_by").order_by("number"))
    sections = with_earlier(response, answer_lines(response, files))
    if len(handed_in) > 1:
        sections = with_former(response, sections, handed_in[-2].values)
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "submissions": handed_in,
        "sections": sections,
        "explained": response.explained,
        "beside": beside_questions(response, user),
        "form": form,
        "remark_fields": form.remark_fields if may_run(user, assignment.survey) else None,
        "may_run": may_run(user, assignment.survey),
        "round": round_for(assignment),
        "waits_for_prefecture": _waits_for_prefecture(assignment),
        "known_at": assignment.confirmed_at or assignment.submitted_at,
        "can_accept": assignment.state != AssignmentState.ACCEPTED
        and not _waits_for_prefecture(assignment),
    }
    return render(request, "surveys/check.html", context, status=422 if form.errors else 200)


def _waits_for_prefecture(assignment: Assignment) -> bool:
    return Assignment.objects.filter(pk=assignment.pk).with_prefecture().exists()
