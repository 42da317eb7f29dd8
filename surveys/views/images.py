"""The images between the questions."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from onepublic.files.serving import file_response
from surveys.authoring import images_of
from surveys.models import QuestionnaireRevision, Survey
from surveys.views.templates import offered_templates


@require_safe
def question_image(request: Request, survey_id: int, file_id: str) -> FileResponse:
    """An image of a questionnaire, for whoever may see the survey; of a revision in hand only for
    the division that runs it.
    """
    survey = get_object_or_404(Survey.objects.visible_to(request.user), pk=survey_id)
    revisions = survey.revisions.all()
    if survey.division_id not in request.user.division_ids():
        revisions = revisions.filter(published_at__isnull=False)
    if not any(_shows(revision, file_id) for revision in revisions):
        raise Http404
    return file_response(get_object_or_404(survey.images, pk=_uuid(file_id)))


@require_safe
def template_image(request: Request, template_id: int, file_id: str) -> FileResponse:
    """An image of a template, for those who may begin from it."""
    template = get_object_or_404(offered_templates(request), pk=template_id)
    return file_response(get_object_or_404(template.images, pk=_uuid(file_id)))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _shows(revision: QuestionnaireRevision, file_id: str) -> bool:
    return file_id in images_of(revision.document)
