"""Full-text search of the published notices."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notices.forms.saving import SaveSearchForm
from notices.forms.searching import SearchForm
from notices.search.facets import Chosen
from notices.search.finding import MOST_RANKED, find
from notices.search.naming import named_facets
from notices.search.presenting import rows_of
from onepublic.core.fulltext.query import parse
from onepublic.core.requests import Request

RANKED = "rank"


@require_safe
def search(request: Request) -> HttpResponse:
    """``?q=``, narrowed by facets, newest first or with ``sort=rank`` the closest first."""
    query = parse(request.GET.get("q", ""))
    chosen = Chosen.read(request.GET)
    ranked = bool(query) and request.GET.get("sort") == RANKED
    hits = find(request.user, query, chosen, ranked=ranked, cursor=request.GET.get("cursor", ""))
    asked = {"q": query.typed} | ({"sort": RANKED} if ranked else {})
    narrowed = chosen.as_dict()
    context = {
        "form": SearchForm(asked=asked | narrowed),
        "saving": SaveSearchForm(asked=asked | narrowed) if query or narrowed else None,
        "query": query,
        "hits": hits,
        "rows": rows_of(request.user, hits.notices, query),
        "facets": named_facets(hits.counts.by_facet, chosen, request.GET),
        "wide_url": f"?{urlencode(asked)}" if narrowed else "",
        "tabs": _tabs({"q": query.typed} | narrowed, ranked=ranked) if query else [],
        "ranked": ranked,
        "most_ranked": MOST_RANKED,
    }
    return render(request, "notices/search.html", context)


def _tabs(kept: dict[str, str], *, ranked: bool) -> list[dict[str, object]]:
    return [
        {"label": "新しい順", "url": f"?{urlencode(kept)}", "current": not ranked},
        {"label": "関連度順", "url": f"?{urlencode(kept | {'sort': RANKED})}", "current": ranked},
    ]
