"""The page of results."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from onepublic.addresses import addresses_of_surveys
from onepublic.core.requests import Request
from onepublic.core.text import words_of
from onepublic.search.finding import SHOWN, notices_for, organizations_for, surveys_for


@require_safe
def search(request: Request) -> HttpResponse:
    """``?q=``: notices, surveys and organizations that hold all its words."""
    words = words_of(request.GET.get("q", ""))
    context = {"query": words, "search_words": words, "most": SHOWN} | (
        _found(request.user, words) if words else {}
    )
    return render(request, "search.html", context)


def _found(user: User, words: str) -> dict[str, Any]:
    notices, surveys = notices_for(user, words), surveys_for(user, words)
    organizations = organizations_for(words)
    addresses = addresses_of_surveys(user, [survey.pk for survey in surveys.rows])
    return {
        "notices": notices,
        "surveys": surveys,
        "survey_rows": [(survey, addresses.get(survey.pk)) for survey in surveys.rows],
        "organizations": organizations,
        "total": notices.count + surveys.count + organizations.count,
    }
