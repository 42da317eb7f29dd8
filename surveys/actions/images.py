"""An image between the questions: uploaded, and put where its question stands."""

from collections.abc import Callable

from django.core.files import File
from django.db import transaction

from accounts.models import User
from onepublic.core.errors import demand
from surveys.actions.image_files import store_image
from surveys.actions.questionnaires import Applied, Subject, apply_step
from surveys.authoring import Step
from surveys.models import QuestionnaireRevision
from surveys.permissions import is_drafter


@transaction.atomic
def place_image(
    revision: QuestionnaireRevision,
    uploaded: "File[bytes]",
    make: Callable[[str], Step],
    *,
    by: User,
    edit: int,
    subject: Subject | None = None,
) -> Applied:
    """Store an image and make the step that ``make`` returns for the id of its file.

    Raises ValidationError for a file that is no image or too large, otherwise as
    :func:`apply_step`; then nothing is kept.
    """
    demand(is_drafter(by, revision.survey))
    stored = store_image(uploaded, by=by)
    revision.survey.images.add(stored)
    return apply_step(revision, make(str(stored.pk)), by=by, edit=edit, subject=subject)
