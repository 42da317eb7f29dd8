"""The addressee confirms receipt."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from notices.actions.receiving import acknowledge
from notices.views.loading import visible_notice
from onepublic.core.requests import Request


@require_POST
def acknowledgement(request: Request, pk: int) -> HttpResponse:
    """Confirm receipt for the person's organization; a second press changes nothing."""
    notice = visible_notice(request.user, pk)
    if acknowledge(notice, by=request.user):
        messages.success(request, "確認済みにしました。")
    else:
        messages.info(request, "この通知は、すでに確認済みです。")
    return redirect("notices:detail", notice.pk)
