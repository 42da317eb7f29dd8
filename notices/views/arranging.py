"""Kind and order of a draft's files."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from notices.actions.attaching import arrange
from notices.states import AttachmentKind
from notices.views.loading import act, drafters_notice, shown_revision
from onepublic.core.requests import Request

STEPS = {"up": -1, "down": 1}


@require_POST
def attachment_place(request: Request, pk: int, attachment_pk: int) -> HttpResponse:
    """Move a file up or down (``move``), or give it another ``kind``."""
    notice = drafters_notice(request, pk)
    kind = request.POST.get("kind", "")
    act(
        request,
        notice,
        lambda: arrange(
            notice,
            by=request.user,
            attachment_id=attachment_pk,
            kind=kind if kind in AttachmentKind.values else "",
            step=STEPS.get(request.POST.get("move", ""), 0),
            revision=shown_revision(request),
        ),
        done="添付の区分と順序を保存しました。",
    )
    return redirect("notices:attachments", notice.pk)
