"""The templates of whole questionnaires: all that may be used, and one with its questions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from surveys.actions import rename_template, retire_template
from surveys.forms.builder.templates import RenamingForm
from surveys.kept import TemplateQuerySet
from surveys.models import QuestionnaireTemplate
from surveys.permissions import can_draft, drafting_division_ids
from surveys.questionnaire import parse_questionnaire
from surveys.views.builder.cards import rules_of, sections_of
from surveys.views.running import follower


@require_safe
def templates(request: Request) -> HttpResponse:
    """What the person's divisions keep and what others share, the newest first."""
    rows = offered_templates(request).with_count().select_related("division__parent")
    page = newest_first(rows, cursor=request.GET.get("cursor", ""))
    return render(request, "surveys/templates.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: Request, template_id: int) -> HttpResponse:
    """The questions of a template; the division that keeps it may rename and share it."""
    held = _template(request, template_id)
    if request.method != "POST":
        return _page(request, held, _form_of(held))
    demand(_is_own(request, held))
    form = RenamingForm(request.POST)
    if not form.is_valid():
        return _page(request, held, form, status=422)
    try:
        rename_template(held, by=request.user, **_renaming(form))
    except Stale as refusal:
        held.refresh_from_db()
        again = _form_of(held, sent=form.cleaned_data)
        again.add_error(None, str(refusal))
        return _page(request, held, again, status=409)
    messages.success(request, "保存しました。")
    return redirect("surveys:template", template_id)


@require_POST
def template_retirement(request: Request, template_id: int) -> HttpResponse:
    """Offer the template no longer."""
    held = _template(request, template_id)
    try:
        retire_template(held, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"ひな形「{held.name}」を取りやめました。")
    return redirect("surveys:templates")


def offered_templates(request: Request) -> TemplateQuerySet:
    """What the person may begin from; 404 or 403 for those who don't draft surveys."""
    user = follower(request)
    demand(can_draft(user))
    return QuestionnaireTemplate.objects.offered_to(drafting_division_ids(user))


def _template(request: Request, template_id: int) -> QuestionnaireTemplate:
    rows = offered_templates(request).select_related("division__parent", "created_by")
    return get_object_or_404(rows, pk=template_id)


def _is_own(request: Request, held: QuestionnaireTemplate) -> bool:
    return held.division_id in drafting_division_ids(request.user)


def _form_of(held: QuestionnaireTemplate, *, sent: dict[str, Any] | None = None) -> RenamingForm:
    """The form as the template is, or as it was ``sent`` over what the template is now."""
    seen = {"seen_name": held.name, "seen_shared": held.is_shared}
    if sent is not None:
        return RenamingForm({**sent, **seen})
    return RenamingForm(initial={"name": held.name, "shared": held.is_shared, **seen})


def _renaming(form: RenamingForm) -> dict[str, Any]:
    sent = form.cleaned_data
    seen = {"name": sent["seen_name"], "shared": sent["seen_shared"]}
    return {"name": sent["name"], "shared": sent["shared"], "seen": seen}


def _page(
    request: Request, held: QuestionnaireTemplate, form: RenamingForm, status: int = 200
) -> HttpResponse:
    content = parse_questionnaire(held.document, draft=True)
    context = {
        "template": held,
        "sections": sections_of(held.document, content),
        "rules": rules_of(held.document, content),
        "is_own": _is_own(request, held),
        "form": form,
    }
    return render(request, "surveys/template.html", context, status=status)
