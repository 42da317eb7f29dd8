"""Questions on a notice: asking, the thread, and the list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices.actions.questions import (
    answer,
    ask,
    follow_up,
    publish_answer,
    read_answer,
    unpublish_answer,
)
from notices.forms import AnswerForm, PublicationForm, QuestionForm
from notices.models import Question
from notices.relaying import asking_division, may_answer, may_follow_up
from notices.views.loading import shown_version, visible_notice
from notices.views.surroundings import public_questions
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request

SENT = "質問を送りました。回答が届くと、メールとホームでお知らせします。"


@require_http_methods(["GET", "HEAD", "POST"])
def ask_question(request: Request, pk: int) -> HttpResponse:
    """Ask, below what has been answered for all already."""
    notice = visible_notice(request.user, pk)
    demand(asking_division(request.user, notice) is not None)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        question = ask(notice, by=request.user, text=said["text"], key=said["key"])
        messages.success(request, SENT)
        return redirect("notices:question", notice.pk, question.pk)
    context = {
        "notice": notice,
        "version": shown_version(notice),
        "public_questions": public_questions(notice, request.user),
        "form": form,
    }
    return render(request, "notices/ask.html", context)


@require_safe
def question(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """The whole thread, for those who asked and those who answer.

    To whom it was an unread answer it is read now; repeating that changes nothing.
    """
    found = _visible_question(request, pk, question_pk)
    if request.method == "GET":
        read_answer(found, by=request.user)
    return _thread(request, found)


@require_POST
def follow_up_question(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Ask on in the thread."""
    found = _visible_question(request, pk, question_pk)
    demand(may_follow_up(request.user, found))
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _thread(request, found, question_form=form)
    said = form.cleaned_data
    return _act(
        request,
        found,
        lambda: follow_up(found, by=request.user, text=said["text"], key=said["key"]),
        done=SENT,
    )


@require_POST
def answer_question(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Answer, and publish the answer where the drafter chose so."""
    found = _visible_question(request, pk, question_pk)
    demand(may_answer(request.user, found.notice))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _thread(request, found, answer_form=form)
    text, key, wording = form.cleaned_data["text"], form.cleaned_data["key"], form.wording
    told = "質問した団体に回答しました。"
    return _act(
        request,
        found,
        lambda: answer(found, by=request.user, text=text, key=key, public_question=wording),
        done=f"{told}すべての団体にも公開しました。" if wording else told,
    )


@require_POST
def publish_question(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Show question and answer to all, or change the words that are shown."""
    found = _visible_question(request, pk, question_pk)
    demand(may_answer(request.user, found.notice))
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return _thread(request, found, publication_form=form)
    return _act(
        request,
        found,
        lambda: publish_answer(found, by=request.user, **form.cleaned_data),
        done="質問と回答を、通知を受け取ったすべての団体に公開しました。",
    )


@require_POST
def unpublish_question(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Show it to nobody but those who asked."""
    found = _visible_question(request, pk, question_pk)
    return _act(
        request,
        found,
        lambda: unpublish_answer(found, by=request.user),
        done="公開を取りやめました。質問した団体は、引き続き回答を読めます。",
    )


def _visible_question(request: Request, pk: int, question_pk: int) -> Question:
    rows = Question.objects.visible_to(request.user).filter(notice=pk)
    related = ("organization", "division__parent", "published_by", "notice__division__parent")
    found = rows.select_related(*related, "notice__current_version")
    return get_object_or_404(found, pk=question_pk)


def _thread(request: Request, found: Question, **forms: Any) -> HttpResponse:
    user = request.user
    request.section = reverse("notices:questions")
    answers, asks = may_answer(user, found.notice), may_follow_up(user, found)
    said = list(found.messages.select_related("said_by"))
    is_answered = any(message.is_answer for message in said)
    wording = PublicationForm.initial_of(found, said)
    context = {
        "notice": found.notice,
        "version": shown_version(found.notice),
        "question": found,
        "said": said,
        "question_form": QuestionForm() if asks else None,
        "answer_form": AnswerForm(initial=wording) if answers else None,
        "publication_form": PublicationForm(initial=wording) if answers and is_answered else None,
        **forms,
        "form": next(iter(forms.values()), None),
    }
    return render(request, "notices/question.html", context)


def _act(
    request: Request, found: Question, verb: Callable[[], object], *, done: str
) -> HttpResponse:
    try:
        verb()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("notices:question", found.notice_id, found.pk)
