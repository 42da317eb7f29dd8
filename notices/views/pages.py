"""The permanent page of a notice, and its files."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from notices import permissions
from notices.actions.reading import record_download
from notices.actions.receiving import open_delivery
from notices.comparison import compare_versions
from notices.forms import ReturnForm
from notices.models import Attachment, Delivery, Notice, NoticeVersion
from notices.readership import readers_of
from notices.readiness import addressed_by, agreements_needed, what_is_missing
from notices.states import NoticeState
from notices.timeline import standing_of, timeline_of
from notices.views.loading import letter_of, shown_version, version_in_hand, visible_notice
from notices.views.receipts import receipts_of
from notices.views.surroundings import surroundings
from onepublic.core.requests import Request
from onepublic.files.serving import file_response


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """A published notice as an official letter, or a draft with what it still needs.

    The one GET that writes: it marks the notice read and opened. That is what opening is, only
    a person who has signed in gets here (a mail scanner does not), and repeating it changes
    nothing. Acknowledging is a POST.
    """
    notice = visible_notice(request.user, pk, even_withdrawn=True)
    if notice.state == NoticeState.WITHDRAWN:
        return _withdrawn(request, notice)
    if notice.state != NoticeState.PUBLISHED:
        return draft_page(request, notice, ReturnForm())
    read_before = open_delivery(notice, by=request.user) if request.method == "GET" else None
    context = _published(notice, request.user) | _corrections(notice, request.user, read_before)
    return render(request, "notices/notice.html", context)


def draft_page(
    request: Request, notice: Notice, return_form: ReturnForm, *, status: int = 200
) -> HttpResponse:
    """The preview of a draft, what is missing, and what this person may do with it now."""
    user, version = request.user, version_in_hand(notice)
    request.section = reverse("notices:drafts")
    context = {
        **letter_of(version, to=user),
        "notice": notice,
        "sequence": str(version.sequence),
        "missing": what_is_missing(version),
        "organizations": addressed_by(version).count(),
        "can_edit": permissions.can_edit(user, version),
        "can_submit": permissions.can_submit(user, version),
        "can_publish": permissions.can_publish(user, version),
        "can_return": permissions.can_return(user, version),
        "agreements": agreements_needed(version).select_related(
            "division__parent", "agreed_by", "declined_by"
        ),
        "can_see_history": permissions.can_see_history(user, notice),
        "can_agree": permissions.can_agree(user, version),
        "can_try_mail": permissions.can_try_mail(user, version),
        "can_cancel_schedule": permissions.can_cancel_schedule(user, version),
        "form": return_form,
    }
    return render(request, "notices/draft.html", context, status=status)


@require_safe
def attachment(request: Request, pk: int, attachment_pk: int) -> FileResponse:
    """A file of the notice as a download: of the version in force, of an earlier one, and for
    its division of the one that is being written.
    """
    notice = visible_notice(request.user, pk)
    versions = NoticeVersion.objects.visible_to(request.user).filter(notice=notice)
    found = get_object_or_404(
        Attachment.objects.select_related("file"), version__in=versions, pk=attachment_pk
    )
    response = file_response(found.file)
    if request.method == "GET":
        record_download([found], by=request.user)
    return response


def _withdrawn(request: Request, notice: Notice) -> HttpResponse:
    """What is left for the issuing division and auditors: the record of what was taken back."""
    context = {
        "version": shown_version(notice),
        "notice": notice,
        "readers": readers_of(notice).count(),
    }
    return render(request, "notices/withdrawn.html", context)


def _corrections(notice: Notice, user: User, read_before: int | None) -> dict[str, Any]:
    """That it was corrected; and what changed, for who had read an earlier version until now."""
    version = shown_version(notice)
    context: dict[str, Any] = {
        "can_correct": permissions.can_correct(user, notice),
        "can_withdraw": permissions.can_withdraw(user, notice),
        "correction_in_hand": permissions.works_on(user, notice)
        and notice.versions.drafts().exists(),
    }
    if read_before is not None:
        old = get_object_or_404(notice.versions, sequence=read_before)
        context["comparison"] = compare_versions(old, version)
    return context


def _published(notice: Notice, user: User) -> dict[str, Any]:
    follows = permissions.can_follow(user, notice)
    seen = Delivery.objects.visible_to(user).filter(notice=notice)
    return {
        **letter_of(shown_version(notice), to=user),
        **receipts_of(notice, user),
        **surroundings(notice, user),
        "notice": notice,
        "can_draft": permissions.can_draft(user),
        "can_follow": follows,
        "standing": standing_of(notice),
        "timeline": timeline_of(notice, to=user),
        "totals": seen.totals() if follows else None,
        "shows_reading": notice.division_id in user.division_ids(),
    }
