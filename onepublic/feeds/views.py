"""The page with a person's feed address, and the feeds, which need no sign-in."""

import hashlib
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import Stale
from onepublic.core.requests import Request
from onepublic.feeds.actions import issue, revoke
from onepublic.feeds.due import due_calendar
from onepublic.feeds.limits import HOUR, may_ask, may_miss
from onepublic.feeds.models import FeedAddress
from onepublic.feeds.notices import notices_feed

FEEDS = (("通知（Atom）", "feeds:notices"), ("期限（iCalendar）", "feeds:due"))
TOO_OFTEN = "読み込みの回数が多すぎます。間隔を１時間に１回程度にしてください。"


@require_safe
def page(request: Request) -> HttpResponse:
    """The address in force with what it gives away, or what it would be good for."""
    request.section = reverse("calendar")
    address = FeedAddress.objects.filter(user=request.user).first()
    shown = address if address and not address.is_lost else None
    context = {
        "address": address,
        "seen": address.pk if address else 0,
        "feeds": _shown(shown) if shown else [],
    }
    return render(request, "feeds.html", context)


@require_POST
def issuing(request: Request) -> HttpResponse:
    """Make an address, or another one in place of the one that the page showed."""
    return _act(request, issue, done="アドレスを発行しました。")


@require_POST
def revocation(request: Request) -> HttpResponse:
    """Take the address back."""
    return _act(request, revoke, done="アドレスを取り消しました。")


@login_not_required
@require_safe
def notices(request: HttpRequest, token: str) -> HttpResponse:
    """The newest notices, for whoever holds the token."""
    kind = "application/atom+xml; charset=utf-8"
    return _feed(request, token, lambda address: notices_feed(address).encode(), kind)


@login_not_required
@require_safe
def due(request: HttpRequest, token: str) -> HttpResponse:
    """The due dates, for whoever holds the token."""
    return _feed(request, token, due_calendar, "text/calendar; charset=utf-8")


def _shown(address: FeedAddress) -> list[tuple[str, str, str]]:
    """Label, name and whole address of each feed."""
    return [
        (label, name, settings.PORTAL_URL + reverse(name, args=[address.token]))
        for label, name in FEEDS
    ]


def _act(request: Request, verb: Callable[..., object], *, done: str) -> HttpResponse:
    sent = request.POST.get("seen", "")
    seen = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else -1
    try:
        verb(request.user, seen=seen)
    except Stale as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("feeds:page")


def _feed(
    request: HttpRequest, token: str, write: Callable[[FeedAddress], bytes], kind: str
) -> HttpResponse:
    address = FeedAddress.objects.behind(token)
    if address is None or not address.user.active_memberships:
        if not may_miss(get_adapter().get_client_ip(request)):
            return _too_often()
        raise Http404
    if not may_ask(address.token_hash):
        return _too_often()
    content = write(address)
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag, response=None)
    if response is None:
        response = HttpResponse(content, content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _too_often() -> HttpResponse:
    plain = "text/plain; charset=utf-8"
    return HttpResponse(
        TOO_OFTEN, status=429, content_type=plain, headers={"Retry-After": str(HOUR)}
    )
