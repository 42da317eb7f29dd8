"""Templates of a division; giving up a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices.actions.templates import delete_template, discard_draft, save_as_template
from notices.forms import TemplateForm
from notices.models import NoticeTemplate
from notices.permissions import can_draft, drafting_division_ids
from notices.views.loading import (
    drafters_notice,
    page_of,
    shown_revision,
    version_in_hand,
)
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request


@require_safe
def templates(request: Request) -> HttpResponse:
    """The texts from which the person's divisions begin."""
    demand(can_draft(request.user))
    request.section = reverse("notices:drafts")
    rows = NoticeTemplate.objects.filter(division__in=drafting_division_ids(request.user))
    context = {"templates": rows.select_related("division__parent", "created_by")}
    return render(request, "notices/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: Request, pk: int) -> HttpResponse:
    """Keep the draft as a template under a name."""
    notice = drafters_notice(request, pk)
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            save_as_template(notice, by=request.user, name=form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "ひな形として保存しました。")
            return redirect("notices:templates")
    context = {"form": form, "version": version_in_hand(notice), "page_url": page_of(notice)}
    return render(request, "notices/template.html", context)


@require_POST
def template_removal(request: Request, template_pk: int) -> HttpResponse:
    """Take a template away."""
    demand(can_draft(request.user))
    mine = NoticeTemplate.objects.filter(division__in=drafting_division_ids(request.user))
    delete_template(get_object_or_404(mine, pk=template_pk), by=request.user)
    messages.success(request, "ひな形を削除しました。")
    return redirect("notices:templates")


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then give up a draft that was never published."""
    notice = drafters_notice(request, pk)
    if request.method != "POST":
        context = {
            "notice": notice,
            "version": version_in_hand(notice),
            "page_url": page_of(notice),
        }
        return render(request, "notices/discard.html", context)
    try:
        discard_draft(notice, by=request.user, revision=shown_revision(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(page_of(notice))
    messages.success(request, "下書きを破棄しました。")
    return redirect("notices:drafts")
