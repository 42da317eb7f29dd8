"""The letter as it will be printed: while it is written, and for the printer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Division
from notices.actions.receiving import open_delivery
from notices.forms import DraftForm, ManuscriptForm, preview_of
from notices.permissions import can_draft
from notices.states import NoticeState
from notices.views.loading import drafters_notice, letter_of, shown_version, visible_notice
from onepublic.core.errors import demand
from onepublic.core.requests import Request


@require_POST
def preview(request: Request, pk: int) -> HttpResponse:
    """A draft as its form shows it at this moment; nothing is saved."""
    notice = drafters_notice(request, pk)
    return _sheet(request, ManuscriptForm(request.POST), notice.division)


@require_POST
def preview_new(request: Request) -> HttpResponse:
    """The same for a notice that does not exist yet."""
    demand(can_draft(request.user))
    form = DraftForm(request.POST, user=request.user)
    form.is_valid()
    return _sheet(request, form, form.cleaned_data.get("division"))


@require_safe
def printout(request: Request, pk: int) -> HttpResponse:
    """A notice on A4, with the list of its attachments; reading it here opens it too."""
    notice = visible_notice(request.user, pk)
    if notice.state != NoticeState.PUBLISHED:
        request.section = reverse("notices:drafts")
    elif request.method == "GET":
        open_delivery(notice, by=request.user)
    context = {**letter_of(shown_version(notice), to=request.user), "notice": notice}
    return render(request, "notices/print.html", context)


def _sheet(request: Request, form: ManuscriptForm, division: Division | None) -> HttpResponse:
    page = "notices/sheet.html" if request.htmx else "notices/preview.html"
    return render(request, page, {"preview": preview_of(form, division)})
