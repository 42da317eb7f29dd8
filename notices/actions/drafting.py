"""Beginning a notice and changing its text."""

from uuid import UUID

from django.db import transaction

from accounts.audience import AudienceRule
from accounts.models import Division, User
from notices.actions.keeping import (
    EDITED,
    as_json,
    from_json,
    in_same_sitting,
    keep_copy,
    text_of,
)
from notices.actions.locking import locked_for_editing, mark_written
from notices.actions.manuscript import Manuscript
from notices.actions.numbering import keep_number
from notices.models import DraftCopy, Notice, NoticeVersion
from notices.permissions import drafting_division_ids
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.once import make_once

AUDIENCE_FROZEN = (
    "訂正版の宛先は、はじめに発出したときの団体から変更できません。"
    "宛先を変えるには、新しい通知を起案してください。"
)
FIRST_REVISION = 1
"""Of a draft that nobody has changed since it was begun."""


@transaction.atomic
def draft(
    *,
    division: Division,
    by: User,
    manuscript: Manuscript,
    key: UUID | None = None,
    audience: AudienceRule | None = None,
) -> Notice:
    """A new draft of the division; the same ``key`` (from the form) twice gives one draft, and a
    text typed since replaces the first one. ``audience`` is taken over from where the text comes
    from.

    Raises PermissionDenied for people who don't draft for the division, NumberTaken for a number
    that another notice has, Stale when the draft was changed or sent on elsewhere since it was
    begun; nothing is kept then.
    """
    demand(division.pk in drafting_division_ids(by))
    notice, made = make_once(
        Notice.objects.all(),
        key=key,
        division=division,
        created_by=by,
        stored_audience=audience.to_json() if audience else {},
    )
    if made:
        version = NoticeVersion(notice=notice, written_by=by, **manuscript.columns())
        version.save(force_insert=True)
        manuscript.keep_parts(version)
        keep_number(version, by=by)
        record("notice.drafted", notice, by=by)
    elif not _says(notice, manuscript):
        edit(notice, by=by, manuscript=manuscript, revision=FIRST_REVISION)
        notice.refresh_from_db(fields=["revision"])
    return notice


@transaction.atomic
def edit(
    notice: Notice,
    *,
    by: User,
    manuscript: Manuscript,
    revision: int | None = None,
    autosaved: bool = False,
) -> NoticeVersion:
    """Replace the text; ``revision`` is the one that the form showed. Topics belong to the page
    that stays in force, and so are left as they are while a correction is written.

    What another hand or an earlier sitting wrote is kept as a copy. A form that saves itself
    (``autosaved``) is recorded once a sitting, a press of the button each time.

    Raises PermissionDenied, Stale (see locked_for_editing), or NumberTaken; nothing is changed
    then.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    same_sitting = in_same_sitting(version, by)
    if not same_sitting:
        keep_copy(version)
    for name, value in manuscript.columns().items():
        setattr(version, name, value)
    version.save(update_fields=list(manuscript.columns()))
    manuscript.keep_parts(version)
    keep_number(version, by=by)
    mark_written(version, by=by)
    if not (autosaved and same_sitting):
        record(EDITED, version.notice, by=by, revision=version.notice.revision + 1)
    return version


@transaction.atomic
def restore_copy(notice: Notice, *, by: User, copy_id: int, revision: int | None = None) -> bool:
    """Put an earlier text back; what stands there is kept as a copy. False when there is no such
    copy of the draft.

    Raises as ``edit`` does.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    copy = DraftCopy.objects.filter(version=version, pk=copy_id).first()
    if copy is None:
        return False
    keep_copy(version)
    edit(notice, by=by, manuscript=from_json(copy.content), revision=revision)
    record("notice.restored", version.notice, by=by, written_at=copy.written_at.isoformat())
    return True


@transaction.atomic
def set_audience(
    notice: Notice, *, by: User, rule: AudienceRule, revision: int | None = None
) -> None:
    """Keep the rule that selects the addressees; it is evaluated anew at publication.

    Raises PermissionDenied, Stale (see locked_for_editing), or Refused for a correction.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    if version.is_correction:
        raise Refused(AUDIENCE_FROZEN)
    Notice.objects.filter(pk=notice.pk).update(stored_audience=rule.to_json())
    mark_written(version, by=by)
    record("notice.addressed", version.notice, by=by, rule=rule.to_json())


def _says(notice: Notice, manuscript: Manuscript) -> bool:
    """Whether the newest version holds this text already."""
    stored, given = as_json(text_of(notice.versions.latest("sequence"))), as_json(manuscript)
    return {**stored, "topics": {*stored["topics"]}} == {**given, "topics": {*given["topics"]}}
