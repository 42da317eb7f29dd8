"""The way of a draft: review, return, publication."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from notices.actions.locking import draft_of
from notices.actions.publication import publish
from notices.actions.review import return_to_drafter, submit_for_review
from notices.actions.scheduling import cancel_schedule
from notices.actions.scheduling import schedule as schedule_publication
from notices.actions.trying import send_test_mail
from notices.forms import ReturnForm, ScheduleForm
from notices.models import Notice
from notices.permissions import can_publish, can_return, is_approver
from notices.readiness import addressed_by, what_is_unusual
from notices.routing import people_to_tell
from notices.states import VersionState
from notices.views.loading import act, letter_of, shown_revision, version_in_hand, visible_notice
from notices.views.pages import draft_page
from onepublic.core.errors import demand
from onepublic.core.requests import Request
from onepublic.core.wareki import wareki

NOT_WAITING = "この通知は決裁待ちではありません。"


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
    if can_return(request.user, version_in_hand(notice)) and not form.is_valid():
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
    if version_in_hand(notice).state != VersionState.IN_REVIEW:
        messages.info(request, NOT_WAITING)
        return redirect("notices:detail", notice.pk)
    return _confirmation(request, notice, ScheduleForm())


@require_POST
def schedule(request: Request, pk: int) -> HttpResponse:
    """Let it go out at a day and time."""
    notice = visible_notice(request.user, pk)
    form = ScheduleForm(request.POST)
    if not form.is_valid() and can_publish(request.user, version_in_hand(notice)):
        return _confirmation(request, notice, form)
    demand(is_approver(request.user, notice))
    if not form.is_valid():
        messages.info(request, NOT_WAITING)
        return redirect("notices:detail", notice.pk)
    at, revision = form.moment(), shown_revision(request)
    return act(
        request,
        notice,
        lambda: schedule_publication(notice, by=request.user, at=at, revision=revision),
        done=f"{wareki(timezone.localdate(at))}{timezone.localtime(at):%H:%M}に発出します。",
    )


@require_POST
def schedule_cancellation(request: Request, pk: int) -> HttpResponse:
    """Keep it from going out; it waits for its approver again."""
    notice = visible_notice(request.user, pk)
    return act(
        request,
        notice,
        lambda: cancel_schedule(notice, by=request.user),
        done="発出の予約を取り消しました。決裁待ちに戻っています。",
    )


@require_POST
def test_mail(request: Request, pk: int) -> HttpResponse:
    """Send oneself the mail that the addressees will get."""
    notice = visible_notice(request.user, pk)
    return act(
        request,
        notice,
        lambda: send_test_mail(notice, by=request.user),
        done=f"{request.user.email} あてにテストメールを送りました。",
    )


def _confirmation(request: Request, notice: Notice, form: ScheduleForm) -> HttpResponse:
    version = draft_of(notice)
    demand(can_publish(request.user, version))
    request.section = reverse("notices:drafts")
    organizations = addressed_by(version)
    people = people_to_tell(organizations, topics=notice.topics.all())
    context = {
        **letter_of(version, to=request.user),
        "notice": notice,
        "sequence": str(version.sequence),
        "organizations": organizations.count(),
        "people": people.count() if version.notify_by_mail else 0,
        "unusual": what_is_unusual(version),
        "form": form,
    }
    return render(request, "notices/publication.html", context)
