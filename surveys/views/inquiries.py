"""Asking about a survey: the page of the organizations that answer it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.actions.inquiries import ask_inquiry, see_answers
from surveys.forms.inquiries import InquiryForm
from surveys.models import Assignment
from surveys.permissions import may_ask
from surveys.responses import Response, load_response
from surveys.views.beside import beside_questions
from surveys.views.saying import inquiry_lines


@require_http_methods(["GET", "HEAD", "POST"])
def inquiries(request: Request, assignment_id: int) -> HttpResponse:
    """What was asked and answered, and a form to ask; answers to the own ones are read now."""
    user = request.user
    response = _own_response(user, assignment_id)
    sent = request.POST if request.method == "POST" else None
    form = InquiryForm(
        sent, questions=_visible(response), initial={"question": request.GET.get("question", "")}
    )
    if sent is not None:
        demand(may_ask(user, response.assignment))
        if form.is_valid() and _asked(request, response, form):
            return redirect(_place(response, form.cleaned_data["question"], sent.get("section")))
    elif request.method == "GET":
        see_answers(response.assignment)
    return _page(request, response, form, status=422 if sent is not None else 200)


def _own_response(user: User, assignment_id: int) -> Response:
    rows = Assignment.objects.for_organizations_of(user).with_survey()
    return load_response(get_object_or_404(rows, pk=assignment_id))


def _visible(response: Response) -> list[Any]:
    shown = response.evaluation.visible_questions
    return [question for question in response.questionnaire.questions if question.id in shown]


def _asked(request: Request, response: Response, form: InquiryForm) -> bool:
    said = form.cleaned_data
    try:
        ask_inquiry(
            response.assignment, by=request.user, question_id=said["question"], text=said["text"]
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "質問を送りました。回答が届くと、メールでお知らせします。")
    return True


def _place(response: Response, question_id: str, section_id: str | None) -> str:
    """Where the person came from: the question on its section's page, or the list."""
    assignment = response.assignment
    section = response.questionnaire.section_by_question.get(question_id)
    if section is None or section.id != section_id:
        return reverse("surveys:inquiries", args=[assignment.pk])
    page = reverse("surveys:section", args=[assignment.pk, section.id])
    return f"{page}#q-{question_id}"


def _page(request: Request, response: Response, form: InquiryForm, *, status: int) -> HttpResponse:
    assignment = response.assignment
    is_open = assignment.is_awaited
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "form": form if is_open and may_ask(request.user, assignment) else None,
        "section": request.POST.get("section") or request.GET.get("section", ""),
        "lines": inquiry_lines(response, beside_questions(response, request.user)),
    }
    return render(request, "surveys/inquiries.html", context, status=status)
