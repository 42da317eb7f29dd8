"""Beginning a notice and changing its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.audience import AudienceRule
from accounts.models import Division, User
from notices.actions.locking import locked_for_editing, mark_written
from notices.models import Issuer, Notice, NoticeVersion, Topic
from notices.permissions import drafting_division_ids
from notices.states import Importance
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand

AUDIENCE_FROZEN = (
    "訂正版の宛先は、はじめに発出したときの団体から変更できません。"
    "宛先を変えるには、新しい通知を起案してください。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """The text of a notice as its drafter gives it.

    ``joint_issuers`` are the other divisions of a joint notice (連名), in printed order after
    the drafting one. Blank texts are allowed until the notice is sent for approval.
    """

    category: str
    title: str
    issued_on: date
    number: str = ""
    addressee_line: str = ""
    body: str = ""
    importance: str = Importance.NORMAL
    due_on: date | None = None
    contact: str = ""
    notify_by_mail: bool = True
    joint_issuers: Sequence[Division] = ()
    topics: Sequence[Topic] = ()

    def columns(self) -> dict[str, object]:
        """The values of a NoticeVersion's own columns."""
        names = set(self.__slots__) - {"joint_issuers", "topics"}
        return {name: getattr(self, name) for name in names}


@transaction.atomic
def draft(
    *, division: Division, by: User, manuscript: Manuscript, key: UUID | None = None
) -> Notice:
    """A new draft of the division; the same ``key`` (from the form) twice gives one draft.

    Raises PermissionDenied for people who don't draft for the division.
    """
    demand(division.pk in drafting_division_ids(by))
    if key is None:
        notice, created = Notice.objects.create(division=division, created_by=by), True
    else:
        notice, created = Notice.objects.get_or_create(
            draft_key=key, defaults={"division": division, "created_by": by}
        )
        demand(notice.created_by_id == by.pk)
    if created:
        version = NoticeVersion(notice=notice, written_by=by, **manuscript.columns())
        version.save(force_insert=True)
        _set_issuers_and_topics(version, manuscript)
        record("notice.drafted", notice, by=by)
    return notice


@transaction.atomic
def edit(
    notice: Notice, *, by: User, manuscript: Manuscript, revision: int | None = None
) -> NoticeVersion:
    """Replace the text; ``revision`` is the one that the form showed. Topics belong to the page
    that stays in force, and so are left as they are while a correction is written.

    Raises PermissionDenied, or Stale (see locked_for_editing); nothing is changed then.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    for name, value in manuscript.columns().items():
        setattr(version, name, value)
    version.save(update_fields=list(manuscript.columns()))
    _set_issuers_and_topics(version, manuscript)
    mark_written(version, by=by)
    record("notice.edited", version.notice, by=by, revision=version.notice.revision + 1)
    return version


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


def _set_issuers_and_topics(version: NoticeVersion, manuscript: Manuscript) -> None:
    own = version.notice.division_id
    joint = [division.pk for division in manuscript.joint_issuers if division.pk != own]
    version.issuers.all().delete()
    Issuer.objects.bulk_create(
        Issuer(version=version, division_id=key, position=position)
        for position, key in enumerate(dict.fromkeys([own, *joint]), start=1)
    )
    if not version.is_correction:
        version.notice.topics.set(manuscript.topics)
