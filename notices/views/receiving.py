"""The addressee confirms receipt, and says what was done or that it is not theirs to do."""

from typing import Protocol

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts.models import User
from notices.actions.passing_on import take_back_decline
from notices.actions.receiving import acknowledge, mark_done, undo_done
from notices.models import Delivery, Notice
from notices.views.loading import answer, visible_notice
from onepublic.core.requests import Request


class Verb(Protocol):
    """An act of an organization; returns for how many organizations it was new."""

    def __call__(self, notice: Notice, *, by: User) -> int: ...


@require_POST
def acknowledgement(request: Request, pk: int) -> HttpResponse:
    """Confirm receipt for the person's organization; a second press changes nothing."""
    said = ("確認済みにしました。", "この通知は、すでに確認済みです。")
    return _answer(request, pk, acknowledge, said, leads_on=True)


@require_POST
def completion(request: Request, pk: int) -> HttpResponse:
    """What the notice asked for is done."""
    said = ("対応済みにしました。", "この通知は、すでに対応済みです。")
    return _answer(request, pk, mark_done, said, leads_on=True)


@require_POST
def completion_removal(request: Request, pk: int) -> HttpResponse:
    """It is not done after all."""
    said = ("「対応済み」を取り消しました。", "この通知は、対応済みではありません。")
    return _answer(request, pk, undo_done, said)


@require_POST
def decline_removal(request: Request, pk: int) -> HttpResponse:
    """The organization is responsible after all."""
    said = ("「所管外」を取り消しました。", "この通知は、所管外ではありません。")
    return _answer(request, pk, take_back_decline, said)


def _answer(
    request: Request, pk: int, verb: Verb, said: tuple[str, str], *, leads_on: bool = False
) -> HttpResponse:
    """``said`` when it was new and when it was not; ``leads_on`` adds what to do next."""
    notice, user = visible_notice(request.user, pk), request.user
    new, nothing_new = said
    return answer(
        request,
        notice,
        lambda: verb(notice, by=user),
        new=lambda: format_html("{}{}", new, _next_duty(user) if leads_on else ""),
        nothing_new=nothing_new,
    )


def _next_duty(user: User) -> SafeString:
    """A sentence that leads to the next notice to confirm, or back to all that is to do."""
    owed = Delivery.objects.for_organizations_of(user).unacknowledged().in_order_of_urgency()
    if following := owed.values_list("notice", "notice__current_version__title").first():
        pk, title = following
        address = reverse("notices:detail", args=[pk])
        return format_html('次に確認する通知：<a href="{}">{}</a>', address, title)
    sentence = '確認を待っている通知は、ほかにありません。<a href="{}">今日することに戻る</a>'
    return format_html(sentence, reverse("home"))
