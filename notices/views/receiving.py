"""The addressee confirms receipt."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts.models import User
from notices.actions.receiving import acknowledge
from notices.models import Delivery
from notices.views.loading import visible_notice
from onepublic.core.requests import Request


@require_POST
def acknowledgement(request: Request, pk: int) -> HttpResponse:
    """Confirm receipt for the person's organization; a second press changes nothing."""
    notice = visible_notice(request.user, pk)
    if acknowledge(notice, by=request.user):
        messages.success(request, format_html("確認済みにしました。{}", _next_duty(request.user)))
    else:
        messages.info(request, "この通知は、すでに確認済みです。")
    return redirect("notices:detail", notice.pk)


def _next_duty(user: User) -> SafeString:
    """A sentence that leads to the next notice to confirm, or back to all that is to do."""
    owed = Delivery.objects.for_organizations_of(user).unacknowledged().in_order_of_urgency()
    if following := owed.values_list("notice", "notice__current_version__title").first():
        pk, title = following
        address = reverse("notices:detail", args=[pk])
        return format_html('次に確認する通知：<a href="{}">{}</a>', address, title)
    sentence = '確認を待っている通知は、ほかにありません。<a href="{}">今日することに戻る</a>'
    return format_html(sentence, reverse("home"))
