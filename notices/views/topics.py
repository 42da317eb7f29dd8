"""The pages on which system administrators keep the fields of work (分野)."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from notices.actions.topics import add_topic, rename_topic
from notices.forms.topics import TopicForm
from notices.models import Topic
from notices.permissions import can_keep_topics
from notices.states import NoticeState
from onepublic.core.errors import Refused
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: Request) -> HttpResponse:
    """All of them with the number of published notices, and a form to add one."""
    rows = _kept_by(request)
    form = TopicForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        if _accepted(form, lambda: add_topic(name=name, by=request.user)):
            messages.success(request, f"分野「{name}」を追加しました。")
            return redirect("notices:topics")
    return render(request, "notices/topics.html", {"rows": rows, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: Request, pk: int) -> HttpResponse:
    """Rename one."""
    found = get_object_or_404(_kept_by(request), pk=pk)
    form = TopicForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if _accepted(form, lambda: rename_topic(found, name=name, by=request.user)):
            messages.success(request, "名称を保存しました。")
            return redirect("notices:topics")
    request.section = reverse("notices:topics")
    return render(request, "notices/topic.html", {"topic": found, "form": form})


def _kept_by(request: Request) -> "QuerySet[Topic]":
    if not can_keep_topics(request.user):
        raise Http404
    published = Count("notices", filter=Q(notices__state=NoticeState.PUBLISHED))
    return Topic.objects.annotate(published=published)


def _accepted(form: TopicForm, verb: Callable[[], object]) -> bool:
    """Whether the verb went through; otherwise the form says why not."""
    try:
        verb()
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return False
    return True
