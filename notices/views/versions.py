"""Every version of a notice, and what changed between two of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from notices.comparison import compare_versions
from notices.models import Notice, NoticeVersion
from notices.querysets import VersionQuerySet
from notices.views.loading import letter_of, visible_notice
from onepublic.core.requests import Request


@require_safe
def versions(request: Request, pk: int) -> HttpResponse:
    """The published versions, newest first, with dates and reasons."""
    notice = visible_notice(request.user, pk)
    rows = _published(notice).order_by("-sequence")
    context = {"notice": notice, "version": notice.current_version, "versions": rows}
    return render(request, "notices/versions.html", context)


@require_safe
def version(request: Request, pk: int, sequence: int) -> HttpResponse:
    """One published version as it was printed; an old one is marked as such."""
    notice = visible_notice(request.user, pk)
    shown = get_object_or_404(_published(notice), sequence=sequence)
    shown.notice = notice
    context = {
        **letter_of(shown, to=request.user),
        "notice": notice,
        "is_current": shown.pk == notice.current_version_id,
    }
    return render(request, "notices/version.html", context)


@require_safe
def changes(request: Request, pk: int) -> HttpResponse:
    """What ``?to=`` changed since ``?from=``, by default the newest since the one before it."""
    notice = visible_notice(request.user, pk)
    seen = {v.sequence: v for v in _visible(notice, request.user).order_by("sequence")}
    if notice.current_version is None:
        raise Http404
    new = _asked(request, "to", seen, default=notice.current_version.sequence)
    old = _asked(request, "from", seen, default=max(new.sequence - 1, 1))
    if old.sequence >= new.sequence:
        raise Http404
    context = {
        "notice": notice,
        "version": new,
        "comparison": compare_versions(old, new),
        "versions": seen.values(),
    }
    return render(request, "notices/changes.html", context)


def _published(notice: Notice) -> "VersionQuerySet":
    return NoticeVersion.objects.published_of(notice)


def _visible(notice: Notice, user: User) -> "VersionQuerySet":
    return NoticeVersion.objects.visible_to(user).filter(notice=notice)


def _asked(
    request: Request, name: str, seen: dict[int, NoticeVersion], *, default: int
) -> NoticeVersion:
    sent = request.GET.get(name, "") or str(default)
    if not (sent.isascii() and sent.isdecimal() and int(sent[:6]) in seen):
        raise Http404
    return seen[int(sent[:6])]
