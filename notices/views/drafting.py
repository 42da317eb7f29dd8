"""Writing: a new draft, its text, its files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from notices.actions.attaching import attach, detach
from notices.actions.drafting import edit
from notices.actions.numbering import NumberTaken, give_number
from notices.forms import AttachmentsForm, DraftForm, ManuscriptForm
from notices.models import Notice
from notices.permissions import can_draft
from notices.states import AttachmentKind
from notices.views.beginning import begun, source_of
from notices.views.loading import act, drafters_notice, page_of, shown_revision, version_in_hand
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.requests import Request

OVERTAKEN = (
    "この画面を開いたあとに、この通知が変更されました。入力した内容は下に残っています。"
    "「現在の内容」を確かめ、この内容で置き換えてよければ、もう一度「保存する」を押してください。"
)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a notice, from nothing, a template or an earlier notice."""
    demand(can_draft(request.user))
    text, audience = source_of(request)
    sent = request.POST if request.method == "POST" else None
    form = DraftForm(sent, user=request.user, source=text)
    if not form.is_valid():
        return render(request, "notices/new.html", {"form": form})
    try:
        notice = begun(request, form, audience)
    except NumberTaken as refusal:
        form.add_error("number", str(refusal))
        return render(request, "notices/new.html", {"form": form})
    except Stale as refusal:
        notice = Notice.objects.get(draft_key=form.cleaned_data["key"])
        return _typed_text_again(request, notice, refusal)
    messages.success(request, "下書きを保存しました。続けて、添付と宛先を設定してください。")
    return redirect("notices:detail", notice.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_text(request: Request, pk: int) -> HttpResponse:
    """Change the text of a draft."""
    notice = drafters_notice(request, pk)
    version = version_in_hand(notice)
    kind = {"is_correction": version.is_correction}
    if request.method != "POST":
        form = ManuscriptForm(initial=ManuscriptForm.initial_of(version), **kind)
        return render(request, "notices/edit.html", {"form": form, "notice": notice})
    form = ManuscriptForm(request.POST, **kind)
    if not form.is_valid():
        return render(request, "notices/edit.html", {"form": form, "notice": notice})
    try:
        edit(
            notice, by=request.user, manuscript=form.manuscript(), revision=shown_revision(request)
        )
    except NumberTaken as refusal:
        form.add_error("number", str(refusal))
        return render(request, "notices/edit.html", {"form": form, "notice": notice})
    except Stale as refusal:
        return _typed_text_again(request, notice, refusal)
    messages.success(request, "保存しました。")
    return redirect(page_of(notice))


@require_POST
def number(request: Request, pk: int) -> HttpResponse:
    """Put the next number of the division's symbol on a draft."""
    notice = drafters_notice(request, pk)
    return act(
        request,
        notice,
        lambda: give_number(notice, by=request.user, revision=shown_revision(request)),
        done="文書番号を付けました。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request: Request, pk: int) -> HttpResponse:
    """The files of a draft, and a form for more."""
    notice = drafters_notice(request, pk)
    if request.method != "POST":
        form = AttachmentsForm(initial={"revision": notice.revision})
        return _attachments_page(request, notice, form)
    form = AttachmentsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _attachments_page(request, notice, form)
    try:
        added = attach(
            notice,
            by=request.user,
            files=form.cleaned_data["uploads"],
            kind=form.cleaned_data["kind"],
            revision=shown_revision(request),
        )
    except ValidationError as refusal:
        form.add_error("uploads", refusal)
        return _attachments_page(request, notice, form)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{len(added)}件のファイルを添付しました。")
    return redirect("notices:attachments", notice.pk)


@require_POST
def attachment_removal(request: Request, pk: int, attachment_pk: int) -> HttpResponse:
    """Take a file out of a draft."""
    notice = drafters_notice(request, pk)
    act(
        request,
        notice,
        lambda: detach(
            notice,
            by=request.user,
            attachment_id=attachment_pk,
            revision=shown_revision(request),
        ),
        done="添付を外しました。",
    )
    return redirect("notices:attachments", notice.pk)


def _attachments_page(request: Request, notice: Notice, form: AttachmentsForm) -> HttpResponse:
    version = version_in_hand(notice)
    context = {
        "form": form,
        "kinds": AttachmentKind.choices,
        "notice": notice,
        "version": version,
        "attachments": version.attachments.select_related("file"),
    }
    return render(request, "notices/attachments.html", context)


def _typed_text_again(request: Request, notice: Notice, refusal: Stale) -> HttpResponse:
    """The form as it was typed; sending it once more is then a decision, not an accident."""
    notice.refresh_from_db(fields=["revision", "state"])
    typed = request.POST.copy()
    typed["revision"] = str(notice.revision)
    version = version_in_hand(notice)
    form = ManuscriptForm(typed, is_correction=version.is_correction)
    form.add_error(None, OVERTAKEN if version.is_editable else str(refusal))
    context = {"form": form, "notice": notice, "overtaken": True}
    return render(request, "notices/edit.html", context, status=409)
