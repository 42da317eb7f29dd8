"""The inquiries on a survey, as the division that runs it answers and publishes them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import Refused, demand
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from surveys.actions.inquiries import answer_inquiry, publish_inquiry, unpublish_inquiry
from surveys.forms.inquiries import PublicWordsForm, ReplyForm
from surveys.models import Inquiry, Survey
from surveys.permissions import may_run
from surveys.responses import questionnaire_of
from surveys.views.running import followed_survey
from surveys.views.saying import WHOLE_LABEL


@require_safe
def survey_inquiries(request: Request, survey_id: int) -> HttpResponse:
    """Those that wait, or all, the newest first."""
    survey = _own_survey(request, survey_id)
    rows = survey.inquiries.select_related("organization", "asked_by")
    show = "all" if request.GET.get("show") == "all" else "waiting"
    page = newest_first(
        rows if show == "all" else rows.waiting(), cursor=request.GET.get("cursor", "")
    )
    labels = _labels(survey)
    context = {
        "survey": survey,
        "rows": [(inquiry, labels.get(inquiry.question_id, "")) for inquiry in page.rows],
        "page": page,
        "show": show,
        "waiting_count": survey.inquiries.waiting().count(),
    }
    return render(request, "surveys/survey_inquiries.html", context)


@require_safe
def survey_inquiry(request: Request, survey_id: int, inquiry_id: int) -> HttpResponse:
    """One of them, with who asked; forms to answer and to publish."""
    return _page(request, _inquiry(request, survey_id, inquiry_id))


@require_POST
def inquiry_reply(request: Request, survey_id: int, inquiry_id: int) -> HttpResponse:
    """Answer it, and publish the answer where the writer chose so."""
    inquiry = _inquiry(request, survey_id, inquiry_id)
    demand(may_run(request.user, inquiry.survey))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, inquiry, reply_form=form)
    reply, wording = form.cleaned_data["text"], form.wording
    told = "質問した団体に回答しました。"
    return _act(
        request,
        inquiry,
        lambda: answer_inquiry(inquiry, by=request.user, reply=reply, public_text=wording),
        done=f"{told}すべての団体にも公開しました。" if wording else told,
    )


@require_POST
def inquiry_publication(request: Request, survey_id: int, inquiry_id: int) -> HttpResponse:
    """Show it to all, or change the words that are shown."""
    inquiry = _inquiry(request, survey_id, inquiry_id)
    demand(may_run(request.user, inquiry.survey))
    form = PublicWordsForm(request.POST)
    if not form.is_valid():
        return _page(request, inquiry, words_form=form)
    return _act(
        request,
        inquiry,
        lambda: publish_inquiry(
            inquiry,
            by=request.user,
            public_text=form.cleaned_data["public_question"],
            public_reply=form.cleaned_data["public_answer"],
        ),
        done="質問と回答を、依頼したすべての団体に公開しました。",
    )


@require_POST
def inquiry_unpublication(request: Request, survey_id: int, inquiry_id: int) -> HttpResponse:
    """Show it to nobody but who asked."""
    inquiry = _inquiry(request, survey_id, inquiry_id)
    return _act(
        request,
        inquiry,
        lambda: unpublish_inquiry(inquiry, by=request.user),
        done="公開を取りやめました。質問した団体は、引き続き回答を読めます。",
    )


def _own_survey(request: Request, survey_id: int) -> Survey:
    survey = followed_survey(request, survey_id)
    demand(survey.division_id in request.user.division_ids())
    return survey


def _inquiry(request: Request, survey_id: int, inquiry_id: int) -> Inquiry:
    survey = _own_survey(request, survey_id)
    rows = survey.inquiries.select_related("organization", "asked_by", "replied_by")
    inquiry = get_object_or_404(rows, pk=inquiry_id)
    inquiry.survey = survey
    return inquiry


def _labels(survey: Survey) -> dict[str, str]:
    """The questions of the newest revision by id; "" stands for the whole."""
    revision = survey.revisions.defer("document").latest("number")
    questions = questionnaire_of(revision).questions
    return {"": WHOLE_LABEL} | {question.id: question.label for question in questions}


def _page(request: Request, inquiry: Inquiry, **forms: Any) -> HttpResponse:
    runs, is_answered = may_run(request.user, inquiry.survey), inquiry.replied_at is not None
    words = PublicWordsForm.initial_of(inquiry)
    context = {
        "survey": inquiry.survey,
        "inquiry": inquiry,
        "label": _labels(inquiry.survey).get(inquiry.question_id, ""),
        "reply_form": ReplyForm(initial=words) if runs and not is_answered else None,
        "words_form": PublicWordsForm(initial=words) if runs and is_answered else None,
        **forms,
        "form": next(iter(forms.values()), None),
    }
    return render(request, "surveys/inquiry.html", context, status=422 if forms else 200)


def _act(
    request: Request, inquiry: Inquiry, verb: Callable[[], object], *, done: str
) -> HttpResponse:
    try:
        verb()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("surveys:survey_inquiry", inquiry.survey_id, inquiry.pk)
