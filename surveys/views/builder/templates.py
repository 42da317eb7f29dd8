"""Templates beside the builder: begin from one, keep the questionnaire as one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.errors import Refused
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from surveys.actions import begin_from_template, keep_template
from surveys.forms.builder.templates import TemplateForm
from surveys.kept import TemplateQuerySet
from surveys.models import QuestionnaireRevision, QuestionnaireTemplate
from surveys.permissions import is_writable
from surveys.views.builder.loading import drafters_revision, seen_edit


@require_safe
def survey_templates(request: Request, survey_id: int) -> HttpResponse:
    """What the questionnaire may begin from, and the form to keep it."""
    revision = drafters_revision(request, survey_id)
    return _page(request, revision, TemplateForm(initial={"name": revision.survey.title[:100]}))


@require_POST
def template_taking(request: Request, survey_id: int, template_id: int) -> HttpResponse:
    """Put the questions of a template into the empty questionnaire."""
    revision = drafters_revision(request, survey_id)
    template = get_object_or_404(_offered(revision), pk=template_id)
    try:
        begin_from_template(revision, template, by=request.user, edit=seen_edit(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:survey_templates", survey_id)
    messages.success(request, f"ひな形「{template.name}」から始めました。")
    return redirect("surveys:questionnaire", survey_id)


@require_POST
def template_keeping(request: Request, survey_id: int) -> HttpResponse:
    """Keep the present questionnaire."""
    revision = drafters_revision(request, survey_id)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return _page(request, revision, form, status=422)
    try:
        kept = keep_template(revision, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, revision, form, status=422)
    messages.success(request, f"ひな形「{kept.name}」として保存しました。")
    return redirect("surveys:survey_templates", survey_id)


def _offered(revision: QuestionnaireRevision) -> TemplateQuerySet:
    return QuestionnaireTemplate.objects.offered_to([revision.survey.division_id])


def _page(
    request: Request, revision: QuestionnaireRevision, form: TemplateForm, status: int = 200
) -> HttpResponse:
    rows = _offered(revision).with_count().select_related("division__parent")
    page = newest_first(rows, cursor=request.GET.get("cursor", ""))
    sections = revision.document["sections"]
    context = {
        "survey": revision.survey,
        "revision": revision,
        "page": page,
        "can_begin": is_writable(revision) and not sections,
        "can_keep": any(section["questions"] for section in sections),
        "form": form,
    }
    return render(request, "surveys/builder/templates.html", context, status=status)
