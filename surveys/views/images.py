"""The images between the questions."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from onepublic.files.models import StoredFile
from onepublic.files.serving import file_response
from surveys.models import QuestionnaireRevision, Survey


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
    return file_response(get_object_or_404(StoredFile, pk=_uuid(file_id)))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _shows(revision: QuestionnaireRevision, file_id: str) -> bool:
    questions = (q for section in revision.document["sections"] for q in section["questions"])
    return any(q["type"] == "image" and q.get("file") == file_id for q in questions)
