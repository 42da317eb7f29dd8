"""A prefecture's note to its municipalities: its page, its publication, its files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices.actions.cover_notes import publish_cover_note, write
from notices.forms import CoverNoteForm
from notices.models import CoverNote, CoverNoteFile, Notice
from notices.relaying import municipalities_reached, relaying_prefecture
from notices.routing import people_dealing_with
from notices.views.loading import act, shown_revision, shown_version, visible_notice
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.requests import Request
from onepublic.files.serving import file_response


@require_http_methods(["GET", "HEAD", "POST"])
def cover_note(request: Request, pk: int) -> HttpResponse:
    """Write the note; what is saved stays a draft until it is published."""
    notice = visible_notice(request.user, pk)
    newest = _newest(request, notice)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CoverNoteForm(
        *sent,
        initial=CoverNoteForm.initial_of(newest),
        files=newest.files.select_related("file") if newest else [],
        latest=shown_version(notice).due_on,
    )
    if not form.is_valid():
        return _page(request, notice, newest, form)
    try:
        write(notice, by=request.user, words=form.words(), revision=shown_revision(request))
    except ValidationError as refusal:
        form.add_error("uploads", refusal)
        return _page(request, notice, newest, form)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, notice, newest, form, status=409 if _is_late(refusal) else 200)
    messages.success(request, "下書きを保存しました。内容を確かめて、公開してください。")
    return redirect("notices:cover_note", notice.pk)


@require_POST
def cover_note_publication(request: Request, pk: int) -> HttpResponse:
    """Show the note to the municipalities and tell them."""
    notice = visible_notice(request.user, pk)
    return act(
        request,
        notice,
        lambda: publish_cover_note(notice, by=request.user, revision=shown_revision(request)),
        done="管内の市区町村に公開し、メールで知らせました。",
    )


@require_safe
def cover_note_file(request: Request, pk: int, file_pk: int) -> FileResponse:
    """A file of a note that the person may see, as a download."""
    notice = visible_notice(request.user, pk)
    notes = CoverNote.objects.visible_to(request.user).filter(notice=notice)
    files = CoverNoteFile.objects.select_related("file").filter(cover_note__in=notes)
    return file_response(get_object_or_404(files, pk=file_pk).file)


def _newest(request: Request, notice: Notice) -> CoverNote | None:
    prefecture = relaying_prefecture(request.user, notice)
    demand(prefecture is not None)
    notes = CoverNote.objects.filter(notice=notice, prefecture=prefecture)
    return notes.select_related("written_by", "published_by").order_by("-sequence").first()


def _is_late(refusal: Refused) -> bool:
    return isinstance(refusal, Stale)


def _page(
    request: Request,
    notice: Notice,
    newest: CoverNote | None,
    form: CoverNoteForm,
    *,
    status: int = 200,
) -> HttpResponse:
    prefecture = relaying_prefecture(request.user, notice)
    demand(prefecture is not None)
    reached = municipalities_reached(notice, prefecture) if prefecture else None
    context = {
        "notice": notice,
        "version": shown_version(notice),
        "note": newest,
        "files": newest.files.select_related("file") if newest else [],
        "prefecture": prefecture,
        "organizations": reached.count() if reached else 0,
        "people": people_dealing_with(reached).count() if reached else 0,
        "form": form,
    }
    return render(request, "notices/cover_note.html", context, status=status)
