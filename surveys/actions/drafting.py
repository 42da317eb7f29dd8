"""Beginning a survey and changing its frame, until it waits for its approval."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.audience import AudienceRule
from accounts.models import Division, User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.once import make_once
from surveys.actions.holding import hold_for_editing
from surveys.actions.image_files import lend_images
from surveys.actions.questionnaires import apply_step
from surveys.actions.templates import begin_from_template
from surveys.authoring import Done
from surveys.models import QuestionnaireTemplate, Survey
from surveys.permissions import drafting_division_ids
from surveys.reminding import USUAL_DAYS

EMPTY: Mapping[str, Any] = {"sections": [], "rules": []}
FULL_ALREADY = "調査票に設問があるため、前回の調査票を引き継げません。"
SENT_BEFORE = (
    "この画面から、すでに下書きを保存しています。入力した内容を別の下書きとして保存するには、"
    "もう一度「下書きを保存する」を押してください。"
)
NO_PREVIOUS = "前回の調査が選ばれていません。"


@transaction.atomic
def begin_survey(
    *,
    by: User,
    division: Division,
    frame: Mapping[str, Any],
    source: Survey | None = None,
    template: QuestionnaireTemplate | None = None,
    key: UUID | None = None,
) -> Survey:
    """A draft of the division with an empty questionnaire; with a ``source`` its questions, under
    the same ids, its audience and its reminders; otherwise, with a ``template``, the questions of
    that. ``frame``: values of Survey, see ``forms.FrameForm``. The same ``key`` (from the form)
    with the same values again gives the draft that it made.

    Raises PermissionDenied for people who don't draft for the division, and for a template that
    it isn't offered; Refused when the key comes again with other values.
    """
    demand(division.pk in drafting_division_ids(by))
    facts = {"division": division, "created_by": by, **frame}
    values = {**facts, **_taken_over(source)}
    survey, is_new = make_once(Survey.objects.all(), key=key, **values)
    if not is_new:
        _ensure_same(survey, facts)
        return survey
    document = _questions_of(source) if source else EMPTY
    revision = survey.revisions.create(number=1, document=document, edited_by=by)
    if source:
        lend_images(source, survey, revision.document)
    copied = {"copied_from": source.pk} if source else {}
    record("survey.created", survey, by=by, **copied)
    if template and not source:
        begin_from_template(revision, template, by=by, edit=revision.edit)
    return survey


def _taken_over(source: Survey | None) -> dict[str, Any]:
    """To whom it goes and when it reminds: as the source, else nobody yet, on the usual days."""
    if source is None:
        return {"stored_audience": {}, "reminder_days": list(USUAL_DAYS)}
    return {"stored_audience": source.stored_audience, "reminder_days": source.reminder_days}


def _ensure_same(survey: Survey, facts: Mapping[str, Any]) -> None:
    """Raises Refused when the draft does not hold what was typed: it would be lost."""
    if any(getattr(survey, name) != value for name, value in facts.items()):
        raise Refused(SENT_BEFORE)


@transaction.atomic
def edit_survey(
    survey: Survey, *, by: User, frame: Mapping[str, Any], mark: str | None = None
) -> None:
    """Replace the frame; ``mark`` is the one that the form showed.

    Raises PermissionDenied or Stale, see :func:`hold_for_editing`.
    """
    held = hold_for_editing(survey, by=by, mark=mark)
    changed = [name for name, value in frame.items() if getattr(held, name) != value]
    for name, value in frame.items():
        setattr(held, name, value)
    held.save(update_fields=list(frame))
    record("survey.edited", held, by=by, fields=changed)


@transaction.atomic
def set_survey_audience(
    survey: Survey, *, by: User, rule: AudienceRule, mark: str | None = None
) -> None:
    """Keep the rule that selects who is asked; it is evaluated anew at the opening.

    Raises PermissionDenied or Stale, see :func:`hold_for_editing`.
    """
    held = hold_for_editing(survey, by=by, mark=mark)
    held.stored_audience = rule.to_json()
    held.save(update_fields=["stored_audience"])
    record("survey.addressed", held, by=by, rule=rule.to_json())


@transaction.atomic
def take_over_questions(survey: Survey, *, by: User, mark: str | None = None) -> None:
    """Put the questions of the previous round, under the same ids, into an empty questionnaire.

    Raises PermissionDenied, Stale, or Refused when no previous round is named or there are
    questions already.
    """
    held = hold_for_editing(survey, by=by, mark=mark)
    if held.previous is None:
        raise Refused(NO_PREVIOUS)
    revision = held.revisions.latest("number")
    if revision.document["sections"]:
        raise Refused(FULL_ALREADY)
    step = Done(_questions_of(held.previous), "前回の調査票を引き継ぎました。")
    apply_step(revision, lambda document: step, by=by, edit=revision.edit)
    record("survey.questions_taken_over", held, by=by, source=held.previous_id)


def _questions_of(survey: Survey) -> dict[str, Any]:
    """As they were last asked; of a draft as they were last written."""
    revisions = survey.revisions.all()
    if survey.opened_at:
        revisions = revisions.filter(published_at__isnull=False)
    document: dict[str, Any] = revisions.latest("number").document
    return document
