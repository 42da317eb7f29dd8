"""Accepting what was handed in: the ticked at once, all of a filter after a page that asks."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import demand
from onepublic.core.requests import Request
from onepublic.core.text import words_of
from surveys.actions import accept_responses
from surveys.dashboard.counting import OUTSIDE
from surveys.models import Remark, Survey
from surveys.permissions import may_run
from surveys.views.checking import NONE_CHOSEN, TO_ACCEPT, checked_survey, chosen_keys, filtered
from surveys.views.shown import shown_at

NONE_LEFT = "受理を待つ回答はありませんでした。取り戻されたか、差し戻されたか、すでに受理済みです。"
NONE_ACCEPTED = (
    "受理した回答はありません。画面を表示したあとに、取り戻されたか、差し戻されたか、提出し直されたか、"
    "すでに受理されています。一覧で確かめてください。"
)


@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: Request, survey_id: int) -> HttpResponse:
    """Accept the ticked responses, or all that the filter held, as the page showed them."""
    survey = checked_survey(request, survey_id)
    demand(may_run(request.user, survey))
    sent = request.POST
    takes_all, before = "all" in sent, shown_at(sent.get("before", ""))
    if request.method != "POST" or (takes_all and before is None):
        return _question(request, survey, sent or request.GET)
    rows = filtered(survey, TO_ACCEPT, sent)
    keys = list(rows.values_list("pk", flat=True)) if takes_all else chosen_keys(sent)
    count = accept_responses(survey, keys, by=request.user, before=before) if keys else 0
    if count:
        messages.success(request, f"{count:,}団体の回答を受理しました。")
    else:
        messages.warning(request, NONE_ACCEPTED if keys or takes_all else NONE_CHOSEN)
    return redirect(_list(survey, sent))


def _question(request: Request, survey: Survey, asked: QueryDict) -> HttpResponse:
    """How many would be accepted, which, and what follows from it."""
    now = timezone.now()  # before the rows are read: what comes in meanwhile was not shown
    rows = filtered(survey, TO_ACCEPT, asked)
    chosen = list(rows.select_related("organization").order_by("organization__code"))
    if not chosen:
        messages.warning(request, NONE_LEFT)
        return redirect(_list(survey, asked))
    open_remarks = Remark.objects.filter(assignment__survey=survey, settled_at__isnull=True)
    code = words_of(asked.get("prefecture", ""))
    context = {
        "survey": survey,
        "chosen": chosen,
        "with_remarks": rows.filter(pk__in=open_remarks.values("assignment")).count(),
        "prefecture": code,
        "place": chosen[0].organization.prefecture_name or OUTSIDE if code else "",
        "name": words_of(asked.get("name", "")),
        "now": now,
        "list_url": _list(survey, asked),
    }
    return render(request, "surveys/acceptance.html", context)


def _list(survey: Survey, asked: QueryDict) -> str:
    """The list that waits, narrowed as it was."""
    narrowed = QueryDict(mutable=True)
    for name in ("prefecture", "name"):
        if words := words_of(asked.get(name, "")):
            narrowed[name] = words
    address = reverse("surveys:checks", args=[survey.pk])
    return f"{address}?{narrowed.urlencode()}" if narrowed else address
