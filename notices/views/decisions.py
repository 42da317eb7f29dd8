"""The way of a draft: review, return, publication."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from notices.actions.locking import draft_of
from notices.actions.publication import publish
from notices.actions.review import return_to_drafter, submit_for_review
from notices.forms import ReturnForm
from notices.models import Notice
from notices.permissions import can_publish, can_return, is_approver
from notices.querysets import people_to_tell
from notices.readiness import addressed_by, what_is_unusual
from notices.states import VersionState
from notices.views.loading import act, letter_of, shown_revision, shown_version, visible_notice
from notices.views.pages import draft_page
from onepublic.core.errors import demand
from onepublic.core.requests import Request


@require_POST
def review(request: Request, pk: int) -> HttpResponse:
    """Send a draft for approval."""
    notice = visible_notice(request.user, pk)
    return act(
        request,
        notice,
        lambda: submit_for_review(notice, by=request.user, revision=shown_revision(request)),
        done="決裁に回しました。",
    )


@require_POST
def return_(request: Request, pk: int) -> HttpResponse:
    """Give a draft back with a reason."""
    notice = visible_notice(request.user, pk)
    demand(is_approver(request.user, notice))
    form = ReturnForm(request.POST)
    if can_return(request.user, shown_version(notice)) and not form.is_valid():
        return draft_page(request, notice, form)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return act(
        request,
        notice,
        lambda: return_to_drafter(notice, by=request.user, reason=reason),
        done="起案者に差し戻しました。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: Request, pk: int) -> HttpResponse:
    """Show once more what will go out and to whom; then publish."""
    notice = visible_notice(request.user, pk)
    if request.method == "POST":
        return act(
            request,
            notice,
            lambda: publish(notice, by=request.user, revision=shown_revision(request)),
            done="発出しました。",
        )
    demand(is_approver(request.user, notice))
    if shown_version(notice).state != VersionState.IN_REVIEW:
        messages.info(request, "この通知は決裁待ちではありません。")
        return redirect("notices:detail", notice.pk)
    return _confirmation(request, notice)


def _confirmation(request: Request, notice: Notice) -> HttpResponse:
    version = draft_of(notice)
    demand(can_publish(request.user, version))
    request.section = reverse("notices:drafts")
    organizations = addressed_by(version)
    context = {
        **letter_of(version, to=request.user),
        "notice": notice,
        "organizations": organizations.count(),
        "people": people_to_tell(organizations).count() if version.notify_by_mail else 0,
        "unusual": what_is_unusual(version),
    }
    return render(request, "notices/publication.html", context)
