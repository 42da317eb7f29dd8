"""Asking everybody whom the audience selects: rows and mail, by set-based SQL."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Now

from accounts.models import Organization, User
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from onepublic.core.sql import insert_select
from onepublic.mail.outbox import enqueue
from surveys.actions.image_files import image_files
from surveys.asking import index_questions
from surveys.models import Assignment, QuestionnaireRevision, Survey
from surveys.people import windows_of
from surveys.questionnaire import DefinitionError, parse_questionnaire
from surveys.states import SurveyState

SURVEY_OPENED = "survey_opened"
IMAGES_HELD = (
    "調査票の画像{names}は、ウイルス検査が終わっていないため、公開できません。"
    "数分後にやり直すか、別の画像に差し替えてください。"
)
NOBODY = "宛先に当てはまる機関がないため、受付を始められません。"


def ask_everybody(survey: Survey, *, by: User, moment: datetime | None = None) -> int:
    """Open a survey after the decision; the caller holds the lock and has checked the state.

    Freezes audience and questionnaire, tells the windows, and returns how many were asked.
    Raises Refused for an audience of nobody or a faulty questionnaire; the transaction must then
    be given up.
    """
    revision = survey.revisions.latest("number")
    ensure_sound(revision)
    ensure_images_scanned(survey, revision)
    asked = _assign(survey, revision)
    Survey.objects.filter(pk=survey.pk).update(
        state=SurveyState.OPEN, opened_at=moment or Now(), closed_at=None
    )
    survey.refresh_from_db()
    survey.revisions.filter(pk=revision.pk).update(published_at=survey.opened_at)
    index_questions(survey)
    if survey.notify_by_mail:
        _tell(survey)
    record("survey.opened", survey, by=by, asked=asked, revision=revision.number)
    return asked


def ensure_sound(revision: QuestionnaireRevision) -> None:
    """Raises Refused with every reason why the questionnaire can't be answered."""
    try:
        parse_questionnaire(revision.document)
    except DefinitionError as error:
        reasons = "".join(problem.reason for problem in error.problems)
        raise Refused(f"調査票に誤りがあるため、公開できません。{reasons}") from None


def ensure_images_scanned(survey: Survey, revision: QuestionnaireRevision) -> None:
    """Raises Refused while an image of the questionnaire is in quarantine."""
    held = survey.images.held().filter(pk__in=image_files(revision.document))
    if names := "、".join(f"「{file.name}」" for file in held):
        raise Refused(IMAGES_HELD.format(names=names))


def _assign(survey: Survey, revision: QuestionnaireRevision) -> int:
    chosen = Organization.objects.matching(survey.audience)
    if not chosen.exists():
        raise Refused(NOBODY)
    return insert_select(
        Assignment,
        chosen,
        {"survey": Value(survey.pk), "organization": F("pk"), "revision": Value(revision.pk)},
        unless_there=True,
    )


def _tell(survey: Survey) -> None:
    asked = Organization.objects.filter(assignments__survey=survey)
    enqueue(SURVEY_OPENED, subject_id=survey.pk, people=windows_of(asked))
