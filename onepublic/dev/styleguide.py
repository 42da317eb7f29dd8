"""The living style page: every component in every state, in demo and tests only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onepublic.dev import samples
from onepublic.dev.sample_form import SampleForm


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """``/styleguide/``; with ``?errors=1`` the page is one whose form was refused."""
    refused = SampleForm({"due": "来週", "organization": "どこにもない町"}, auto_id="refused_%s")
    context = {
        "sample": SampleForm(),
        "refused": refused,
        "tones": samples.TONES,
        "tabs": samples.items("すべて", "未読", "要確認", current=1, count=12),
        "steps": [
            {"label": "回答", "url": "#", "state": "done"},
            {"label": "内容の確認", "url": "", "state": "current"},
            {"label": "提出", "url": "", "state": "todo"},
        ],
        "details": [
            ("文書番号", "医政発0401第1号"),
            ("発出日", "令和８年４月１日（水）"),
            ("備考", None),
        ],
        "table": samples.table(request.GET),
        "charts": samples.charts(),
        "errors": [{"id": "q1", "label": "問１", "message": "数値で入力してください。"}],
        "navigation_sample": samples.items("ホーム", "通知", "調査・照会", current=1, count=3),
        "side_sample": samples.side_items(),
        "form": refused if "errors" in request.GET else None,
    }
    return render(request, "styleguide.html", context)
