"""What the pages begin and end with."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.models import User
from notices.actions.locking import NOT_EDITABLE, draft_of
from notices.models import Notice, NoticeRelation, NoticeVersion
from notices.permissions import is_drafter
from notices.states import NoticeState
from onepublic.core.errors import Gone, Refused, Stale, demand
from onepublic.core.requests import Request


def visible_notice(user: User, pk: int, *, even_withdrawn: bool = False) -> Notice:
    """The notice, or a 404 page for what the person may not see.

    What was withdrawn is a 410 page with number, title and reason for those who could read it:
    nobody is served content or file any more. ``even_withdrawn`` is for the record that its
    division and auditors keep, which holds neither.
    """
    notices = Notice.objects.select_related(
        "current_version", "division__organization", "division__parent", "created_by"
    )
    found = notices.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise _gone(get_object_or_404(notices.withdrawn_from(user), pk=pk))
    if found.state == NoticeState.WITHDRAWN and not even_withdrawn:
        raise _gone(found)
    return found


def _gone(notice: Notice) -> Gone:
    version = shown_version(notice)
    return Gone(
        title=version.title,
        number=version.number,
        reason=notice.withdrawal_reason,
        contact=f"{notice.division.organization.name}　{notice.division.full_name}",
    )


def drafters_notice(request: Request, pk: int) -> Notice:
    """The notice for a page on which its drafters change it.

    404 when it is not visible, 403 for others than its drafters; the page itself opens only
    while the state allows changes, but what was typed may still be sent: nothing gets lost.
    """
    notice = visible_notice(request.user, pk)
    demand(is_drafter(request.user, notice))
    request.section = reverse("notices:drafts")
    if request.method != "POST" and not version_in_hand(notice).is_editable:
        raise Stale(NOT_EDITABLE)
    return notice


def shown_version(notice: Notice) -> NoticeVersion:
    """The published version, or the draft while there is none."""
    if notice.current_version is None:
        return draft_of(notice)
    notice.current_version.notice = notice
    return notice.current_version


def version_in_hand(notice: Notice) -> NoticeVersion:
    """What drafters and approvers work on: the draft or correction, or the published version
    while none is being written.
    """
    draft = notice.versions.drafts().first()
    if draft is None:
        return shown_version(notice)
    draft.notice = notice
    return draft


def page_of(notice: Notice) -> str:
    """The address of the page on which drafters and approvers go on: that of the correction
    while one is in hand, otherwise the notice's own.
    """
    corrected = notice.current_version_id and notice.versions.drafts().exists()
    return reverse("notices:draft" if corrected else "notices:detail", args=[notice.pk])


def shown_revision(request: Request) -> int:
    """The revision that the page showed; -1, which is never current, when it is no number."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1


def letter_of(version: NoticeVersion, *, to: User) -> dict[str, Any]:
    """What templates/notices/letter.html prints; relations only to what the person may see."""
    visible = Notice.objects.visible_to(to).published()
    issuers = version.issuers.select_related("division__organization", "division__parent")
    relations = NoticeRelation.objects.select_related
    return {
        "version": version,
        "signatures": [issuer.signed(category=version.category) for issuer in issuers],
        "contacts": version.contacts.all(),
        "attachments": version.attachments.select_related("file__extracted"),
        "relations": relations("target__current_version").filter(
            source=version.notice_id, target__in=visible, since__lte=version.sequence
        ),
        "back_relations": relations("source__current_version")
        .stated()
        .filter(target=version.notice_id, source__in=visible),
    }


def act(request: Request, notice: Notice, verb: Callable[[], object], *, done: str) -> HttpResponse:
    """Call the verb and go back to the page of the draft, or of the notice when it is published,
    with a calm message, also when the act came too late.
    """
    try:
        verb()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(page_of(notice))


def answer(
    request: Request,
    notice: Notice,
    verb: Callable[[], int],
    *,
    new: Callable[[], str],
    nothing_new: str,
) -> HttpResponse:
    """The same for a verb that returns how much it changed: somebody may have been faster."""
    try:
        changed = verb()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        level = messages.SUCCESS if changed else messages.INFO
        messages.add_message(request, level, new() if changed else nothing_new)
    return redirect("notices:detail", notice.pk)
