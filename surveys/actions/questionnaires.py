"""Writing the questionnaire of a draft: one step at a time, each of which can be taken back."""

import json
from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import events_of, record
from onepublic.core.errors import Refused, Stale, demand
from surveys.actions.image_files import adopt_images
from surveys.authoring import Done, Json, Step, StepRefused, part_of, perform, sentences
from surveys.models import QuestionnaireEdit, QuestionnaireRevision, Survey
from surveys.permissions import is_drafter, is_writable
from surveys.questionnaire import DefinitionError

MOST_EDITS = 200
SITTING = timedelta(minutes=10)
EDITED = "survey.questionnaire_edited"
BEGINNING = "はじめの状態"
OVERTAKEN = "この画面を開いた後に、{who}が調査票を変更しました（{what}）。"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a step is about: a ``question``, ``section`` or ``rule`` and its id.

    A step on it is stale only when this part was changed by another hand, so that two people can
    write different questions at the same time. ``mark`` is its :func:`mark_of` as a form showed it.
    """

    kind: str
    id: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """The revision after a step, what was done, and whether the step followed directly on what
    its writer had seen (False: somebody else has changed other parts meanwhile).
    """

    revision: QuestionnaireRevision
    done: Done
    seen_all: bool


@transaction.atomic
def apply_step(
    revision: QuestionnaireRevision,
    step: Step,
    *,
    by: User,
    edit: int,
    subject: Subject | None = None,
    continues: bool = False,
) -> Applied:
    """Make a step of :mod:`surveys.authoring` on the draft and keep it for undo.

    ``edit`` is the number of the edit that the writer saw. ``continues`` says that the step only
    goes on with the writer's own last one (a form that saves itself while it is typed): it takes
    the place of that edit, so that undo goes back to before the typing.

    Raises PermissionDenied for people who don't draft for its division; Stale when the subject, or
    without one anything, was changed since ``edit``; Refused when the survey is not being prepared,
    the step is not possible, its result is no questionnaire, with every question and reason, or
    shows an image that the division doesn't have.
    Nothing is changed then.
    """
    locked = _locked(revision, by=by)
    if edit != locked.edit and not _is_untouched(locked, subject, edit):
        raise Stale(_told(locked, edit))
    seen_all = edit == locked.edit
    done = _performed(locked, step)
    adopt_images(locked.survey, before=locked.document, after=done.document)
    if done.document != locked.document:
        _write(locked, done, by=by, continues=continues and seen_all)
    return Applied(locked, done, seen_all)


@transaction.atomic
def undo(revision: QuestionnaireRevision, *, by: User, edit: int) -> str:
    """Take back the last step; return what was taken back.

    Raises as :func:`apply_step`; Stale whenever anything was changed since ``edit``.
    """
    locked = _locked(revision, by=by, edit=edit)
    earlier = locked.edits.filter(number__lt=locked.edit).order_by("number").last()
    if earlier is None:
        raise Refused("これより前の状態には戻せません。")
    undone = locked.edits.get(number=locked.edit)
    _show(locked, earlier, by=by)
    return undone.what


@transaction.atomic
def redo(revision: QuestionnaireRevision, *, by: User, edit: int) -> str:
    """Make the step again that was taken back last; return what it did. Raises as undo."""
    locked = _locked(revision, by=by, edit=edit)
    later = locked.edits.filter(number__gt=locked.edit).order_by("number").first()
    if later is None:
        raise Refused("やり直す操作はありません。")
    _show(locked, later, by=by)
    return later.what


def _locked(
    revision: QuestionnaireRevision, *, by: User, edit: int | None = None
) -> QuestionnaireRevision:
    """The revision under its survey's lock, read anew after it; whoever asks for approval or
    opens the survey takes the same lock.
    """
    survey = Survey.objects.select_for_update(no_key=True).get(pk=revision.survey_id)
    demand(is_drafter(by, survey))
    locked = QuestionnaireRevision.objects.select_for_update(no_key=True).get(pk=revision.pk)
    locked.survey = survey
    if not is_writable(locked):
        raise Refused(f"この調査は「{survey.get_state_display()}」のため、調査票を変更できません。")
    if edit is not None and edit != locked.edit:
        raise Stale(_told(locked, edit))
    return locked


def _is_untouched(revision: QuestionnaireRevision, subject: Subject | None, edit: int) -> bool:
    """Whether the subject is still as the writer saw it; False when that is not known any more.

    Without a mark the edit that was seen tells. Where a form that saves itself has replaced it,
    the one before differs in that form's own subject alone.
    """
    if subject is None:
        return False
    held = part_of(revision.document, subject.kind, subject.id)
    if held is None or subject.mark:
        return held is not None and mark_of(held) == subject.mark
    seen = revision.edits.filter(number__lte=edit).order_by("number").last()
    return seen is not None and held == part_of(seen.document, subject.kind, subject.id)


def mark_of(part: Json) -> str:
    """A short mark of a part of the document, the same as long as nothing in it changes."""
    return f"{crc32(json.dumps(part, sort_keys=True).encode()):x}"


def _told(revision: QuestionnaireRevision, edit: int) -> str:
    """What another hand did since."""
    latest = revision.edits.select_related("made_by").filter(number=revision.edit).first()
    if latest is None or latest.number == edit:
        return OVERTAKEN.format(who="ほかの人", what="操作の取消し")
    who = f"{latest.made_by.name}さん"
    return OVERTAKEN.format(who=who, what=latest.what.removesuffix("。"))


def _performed(revision: QuestionnaireRevision, step: Step) -> Done:
    try:
        return perform(revision.document, step)
    except StepRefused as refusal:
        raise Refused(str(refusal)) from None
    except DefinitionError as refusal:
        told = sentences(refusal.problems, revision.document)
        raise Refused("\n".join(told)) from None


def _write(revision: QuestionnaireRevision, done: Done, *, by: User, continues: bool) -> None:
    """Keep the result as the newest edit. Numbers only rise: what was shown under a number once
    is never taken for something else.
    """
    held = {"what": BEGINNING, "document": revision.document, "made_by": by}
    current, _ = revision.edits.get_or_create(number=revision.edit, defaults=held)
    newest = revision.edits.aggregate(newest=Max("number"))["newest"]
    revision.edits.filter(number__gt=revision.edit).delete()
    if continues and current.made_by_id == by.pk and current.what != BEGINNING:
        current.delete()
    edit = revision.edits.create(
        number=newest + 1, what=done.what[:200], document=done.document, made_by=by
    )
    _show(revision, edit, by=by)
    kept = revision.edits.order_by("-number").values("number")[MOST_EDITS - 1 : MOST_EDITS]
    revision.edits.filter(number__lt=kept).delete()


def _show(revision: QuestionnaireRevision, edit: QuestionnaireEdit, *, by: User) -> None:
    revision.document, revision.edit, revision.edited_by = edit.document, edit.number, by
    revision.save(update_fields=["document", "edit", "edited_by"])
    QuestionnaireRevision.objects.filter(pk=revision.pk).update(edited_at=Now())
    if not _in_same_sitting(revision.survey, by):
        record(EDITED, revision.survey, by=by, revision=revision.number)


def _in_same_sitting(survey: Survey, by: User) -> bool:
    last = events_of(survey).last()
    return (
        last is not None
        and (last.action, last.actor_id) == (EDITED, by.pk)
        and last.at > timezone.now() - SITTING
    )
