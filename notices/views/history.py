"""Who wrote what and when, and the way back to an earlier text."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from notices.actions.drafting import restore_copy
from notices.models import DraftCopy
from notices.permissions import can_edit, can_see_history
from notices.views.loading import (
    drafters_notice,
    page_of,
    shown_revision,
    version_in_hand,
    visible_notice,
)
from notices.writing import steps_of
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """What was done with the notice, and the earlier texts of the draft in hand."""
    notice = visible_notice(request.user, pk)
    demand(can_see_history(request.user, notice))
    request.section = reverse("notices:drafts")
    version = version_in_hand(notice)
    copies = DraftCopy.objects.filter(version=version).select_related("written_by")
    context = {
        "notice": notice,
        "version": version,
        "page_url": page_of(notice),
        "steps": steps_of(notice),
        "copies": copies,
        "can_edit": can_edit(request.user, version),
    }
    return render(request, "notices/history.html", context)


@require_POST
def restoration(request: Request, pk: int, copy_pk: int) -> HttpResponse:
    """Put an earlier text back into the draft."""
    notice = drafters_notice(request, pk)
    revision = shown_revision(request)
    try:
        restored = restore_copy(notice, by=request.user, copy_id=copy_pk, revision=revision)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        text = "前の本文に戻しました。" if restored else "この控えは、すでに残っていません。"
        messages.success(request, text)
    return redirect("notices:history", notice.pk)
