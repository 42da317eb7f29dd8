"""What a draft does to earlier notices."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from notices.actions.relating import relate, unrelate
from notices.forms import RelationForm
from notices.models import Notice
from notices.views.loading import act, drafters_notice, shown_revision, version_in_hand
from onepublic.core.requests import Request
from onepublic.core.text import words_of

MOST_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
def relations(request: Request, pk: int) -> HttpResponse:
    """Look for published notices by title or number, and say what this one does to them."""
    notice = drafters_notice(request, pk)
    if request.method != "POST":
        return _page(request, notice)
    form = RelationForm(request.POST)
    if not form.is_valid():
        return _page(request, notice)
    kind = form.cleaned_data["kind"]
    target = get_object_or_404(
        Notice.objects.visible_to(request.user).published(), pk=form.cleaned_data["target"]
    )
    revision = shown_revision(request)
    act(
        request,
        notice,
        lambda: relate(notice, to=target, kind=kind, by=request.user, revision=revision),
        done="関連付けました。",
    )
    return redirect("notices:relations", notice.pk)


@require_POST
def relation_removal(request: Request, pk: int, relation_pk: int) -> HttpResponse:
    """Take a relation out of the draft that states it."""
    notice = drafters_notice(request, pk)
    revision = shown_revision(request)
    act(
        request,
        notice,
        lambda: unrelate(notice, relation_id=relation_pk, by=request.user, revision=revision),
        done="関連付けを外しました。",
    )
    return redirect("notices:relations", notice.pk)


def _page(request: Request, notice: Notice) -> HttpResponse:
    query = words_of(request.GET.get("q", ""))
    context: dict[str, Any] = {
        "notice": notice,
        "version": version_in_hand(notice),
        "relations": notice.relations_out.select_related("target__current_version").order_by("pk"),
        "query": query,
        "found": _found(request, notice, query) if query else [],
        "most_found": MOST_FOUND,
        "kinds": RelationForm.base_fields["kind"].choices,  # type: ignore[attr-defined] # a ChoiceField
    }
    return render(request, "notices/relate.html", context)


def _found(request: Request, notice: Notice, query: str) -> list[Notice]:
    """The newest that fit."""
    fitting = Notice.objects.visible_to(request.user).published().mentioning(query)
    others = fitting.exclude(pk=notice.pk).select_related("current_version", "division")
    return list(others.order_by("-published_at", "-pk")[:MOST_FOUND])
