"""The question bank as a whole: what may be used, and what the own division offers no longer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import demand
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from onepublic.core.text import words_of
from surveys.actions import retire_question
from surveys.forms.builder import TYPE_LABELS
from surveys.insight.bank import matching
from surveys.kept import BankQuestionQuerySet
from surveys.models import BankQuestion
from surveys.permissions import can_draft, drafting_division_ids
from surveys.views.running import follower


@require_safe
def bank_questions(request: Request) -> HttpResponse:
    """What the person's divisions keep and what others share, the newest first, by words."""
    words = words_of(request.GET.get("q", ""))
    rows = _offered(request).filter(matching(words)).select_related("division__parent")
    page = newest_first(rows, cursor=request.GET.get("cursor", ""))
    own = drafting_division_ids(request.user)
    context = {
        "words": words,
        "rows": [
            (row, TYPE_LABELS[row.question["type"]], row.division_id in own) for row in page.rows
        ],
        "page": page,
    }
    return render(request, "surveys/bank_questions.html", context)


@require_POST
def bank_question_retirement(request: Request, question_id: int) -> HttpResponse:
    """Offer a question of the own division no longer."""
    kept = get_object_or_404(_offered(request), pk=question_id)
    retire_question(kept, by=request.user)
    messages.success(request, f"「{kept.label}」を設問バンクから取りやめました。")
    return redirect("surveys:bank_questions")


def _type(kept: BankQuestion) -> str:
    return TYPE_LABELS[kept.question["type"]]


def _offered(request: Request) -> BankQuestionQuerySet:
    user = follower(request)
    demand(can_draft(user))
    return BankQuestion.objects.offered_to(drafting_division_ids(user))
