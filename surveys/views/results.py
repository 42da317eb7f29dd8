"""Released results: for those who may see them with their own values, for anybody by a link."""

from typing import TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from surveys.models import Release
from surveys.results.owning import own_answers
from surveys.views.result_pages import file_of, page_of

Answer = TypeVar("Answer", HttpResponse, FileResponse)


@require_safe
def released(request: Request) -> HttpResponse:
    """The surveys whose results the person may see, the newest first."""
    rows = Release.objects.visible_to(request.user).defer("figures")
    joined = rows.select_related("survey__division__parent")
    page = newest_first(joined, cursor=request.GET.get("cursor", ""))
    context = {"releases": page.rows, "next_cursor": page.next_cursor}
    return render(request, "surveys/results/list.html", context)


@require_safe
def results(request: Request, survey_id: int) -> HttpResponse:
    """A section of the results, the own answers beside those of nation, kind and prefecture."""
    release = _visible(request.user, survey_id)
    own = own_answers(request.user, release)
    context = page_of(release, request.GET, own) | {
        "file_address": reverse("surveys:results", args=[survey_id]),
    }
    return render(request, "surveys/results/results.html", context)


@require_safe
def results_file(request: Request, survey_id: int, ending: str) -> FileResponse:
    """All of them as a file, without own answers."""
    return file_of(_visible(request.user, survey_id), ending)


@login_not_required
@require_safe
def open_results(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same for whoever has the link; no organization's own answers, no names of people."""
    release = _public(key)
    context = page_of(release, request.GET) | {
        "file_address": reverse("surveys:open_results", args=[key]),
    }
    return _unlisted(render(request, "surveys/results/open.html", context))


@login_not_required
@require_safe
def open_results_file(request: HttpRequest, key: UUID, ending: str) -> FileResponse:
    """All of them as a file."""
    return _unlisted(file_of(_public(key), ending))


def _visible(user: User, survey_id: int) -> Release:
    return get_object_or_404(Release.objects.visible_to(user).light(), survey=survey_id)


def _public(key: UUID) -> Release:
    return get_object_or_404(Release.objects.for_anybody().light(), public_key=key)


def _unlisted(response: Answer) -> Answer:
    """Whoever has the link may read it; search engines shall not spread it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
