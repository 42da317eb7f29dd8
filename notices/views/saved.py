"""The searches that a person has saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from notices.actions.searches import remove_search, save_search, set_notification
from notices.forms.saving import SaveSearchForm
from notices.models import SavedSearch
from notices.search.facets import Chosen
from onepublic.core.errors import Refused
from onepublic.core.fulltext.query import parse
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def saved_searches(request: Request) -> HttpResponse:
    """The list; a POST adds a search to it."""
    if request.method != "POST":
        return _page(request, None)
    form = SaveSearchForm(request.POST, asked=request.POST.dict())
    if not form.is_valid():
        return _page(request, form)
    values = form.cleaned_data
    try:
        save_search(
            by=request.user,
            name=values["name"],
            query=parse(values["q"]),
            chosen=Chosen.read(request.POST),
            notify=values["notify"],
        )
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return _page(request, form)
    messages.success(request, "検索を保存しました。")
    return redirect("notices:saved_searches")


@require_POST
def saved_search_notification(request: Request, pk: int) -> HttpResponse:
    """``notify=1`` to be told of new hits, anything else not to be."""
    saved = get_object_or_404(SavedSearch, user=request.user, pk=pk)
    notify = request.POST.get("notify") == "1"
    set_notification(saved, by=request.user, notify=notify)
    done = "新しい通知をメールで知らせます。" if notify else "メールで知らせるのをやめました。"
    messages.success(request, f"「{saved.name}」：{done}")
    return redirect("notices:saved_searches")


@require_POST
def saved_search_removal(request: Request, pk: int) -> HttpResponse:
    """Let the search go."""
    saved = get_object_or_404(SavedSearch, user=request.user, pk=pk)
    remove_search(saved, by=request.user)
    messages.success(request, f"保存した検索「{saved.name}」を削除しました。")
    return redirect("notices:saved_searches")


def _page(request: Request, form: SaveSearchForm | None) -> HttpResponse:
    saved = SavedSearch.objects.filter(user=request.user).order_by("name")
    return render(request, "notices/saved_searches.html", {"saved": saved, "form": form})
