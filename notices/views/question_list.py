"""Questions of all notices: what was published, what the own organization asked, what waits."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.states import Level
from notices.exchange import QuestionQuerySet
from notices.models import Question
from onepublic.core.pagination import Page, latest_first, newest_first
from onepublic.core.requests import Request
from onepublic.core.text import words_of


@require_safe
def questions(request: Request) -> HttpResponse:
    """Published questions and answers with a search box, or the person's threads."""
    user, query = request.user, words_of(request.GET.get("q", ""))
    threads = _threads(user)
    shown = request.GET.get("show", "")
    shown = shown if shown in threads else ""
    context = {
        "page": _page(request, threads[shown][1] if shown else None, query),
        "tabs": _tabs(threads, shown),
        "shown": shown,
        "query": query,
    }
    return render(request, "notices/questions.html", context)


def _page(request: Request, threads: QuestionQuerySet | None, query: str) -> Page[Question]:
    cursor = request.GET.get("cursor", "")
    if threads is not None:
        rows = threads.with_opening().select_related("organization", "notice__current_version")
        return newest_first(rows, cursor=cursor)
    published = Question.objects.published_to(request.user).mentioning(query)
    rows = published.select_related("notice__current_version", "notice__division")
    return latest_first(rows, moment="published_at", cursor=cursor)


def _threads(user: User) -> dict[str, tuple[str, QuestionQuerySet]]:
    """The lists of threads by name: of those who answer at the ministry, of those who ask."""
    if user.is_at(Level.MINISTRY):
        ours = Question.objects.to_divisions_of(user)
        return {"waiting": ("回答待ち", ours.waiting()), "ours": ("課室あての質問", ours)}
    asked = Question.objects.asked_by_organizations_of(user)
    return {"news": ("未読の回答", asked.with_news()), "own": ("自団体の質問", asked)}


def _tabs(threads: dict[str, tuple[str, QuestionQuerySet]], shown: str) -> list[dict[str, Any]]:
    public = {"label": "公開された質問と回答", "url": "?", "current": not shown, "count": None}
    return [
        public,
        *(
            {
                "label": label,
                "url": f"?{urlencode({'show': key})}",
                "current": key == shown,
                "count": rows.count(),
            }
            for key, (label, rows) in threads.items()
        ),
    ]
