"""Beginning a correction, looking at it, giving it up."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices.actions.correcting import IN_HAND, begin_correction, discard_correction
from notices.forms import CorrectionForm, ReturnForm
from notices.models import NoticeVersion
from notices.permissions import is_drafter
from notices.states import NoticeState
from notices.views.loading import act, shown_revision, visible_notice
from notices.views.pages import draft_page
from onepublic.core.errors import demand
from onepublic.core.requests import Request


@require_safe
def draft(request: Request, pk: int) -> HttpResponse:
    """The version that is being written, of a published notice too, for its division."""
    notice = visible_notice(request.user, pk)
    seen = NoticeVersion.objects.visible_to(request.user).drafts()
    if not seen.filter(notice=notice).exists():
        raise Http404
    return draft_page(request, notice, ReturnForm())


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, pk: int) -> HttpResponse:
    """Say why, and begin the correction of a published notice."""
    notice = visible_notice(request.user, pk)
    demand(is_drafter(request.user, notice))
    if notice.state != NoticeState.PUBLISHED:
        return redirect("notices:detail", notice.pk)
    if notice.versions.drafts().exists():
        messages.info(request, IN_HAND)
        return redirect("notices:draft", notice.pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        request.section = reverse("notices:drafts")
        context = {"form": form, "notice": notice, "version": notice.current_version}
        return render(request, "notices/correction.html", context)
    return act(
        request,
        notice,
        lambda: begin_correction(notice, by=request.user, **form.cleaned_data),
        done="訂正版を作成しました。本文と添付を直してから、決裁に回してください。",
    )


@require_POST
def correction_removal(request: Request, pk: int) -> HttpResponse:
    """Give up a correction that is being written."""
    notice = visible_notice(request.user, pk)
    return act(
        request,
        notice,
        lambda: discard_correction(notice, by=request.user, revision=shown_revision(request)),
        done="訂正版を取り消しました。通知は発出中の内容のままです。",
    )
