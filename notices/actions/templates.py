"""Beginning from what is there: templates of a division, and giving up a draft."""

from django.db import transaction

from accounts.models import User
from notices.actions.keeping import as_json, text_of, without_number_and_days
from notices.actions.locking import draft_of, locked, locked_for_editing
from notices.models import Notice, NoticeTemplate
from notices.permissions import drafting_division_ids, is_drafter
from notices.states import NoticeState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand

NAME_TAKEN = "同じ名称のひな形があります。別の名称にしてください。"
ONLY_UNPUBLISHED = "発出した通知は破棄できません。"


@transaction.atomic
def save_as_template(notice: Notice, *, by: User, name: str) -> NoticeTemplate:
    """Keep text and audience of the draft for the division, without number and dates.

    Raises PermissionDenied for others than its drafters, Stale when no draft is in hand, Refused
    for a name that the division has already.
    """
    current = locked(notice)
    demand(is_drafter(by, current))
    text = without_number_and_days(text_of(draft_of(current)))
    facts = {
        "content": as_json(text),
        "audience": current.stored_audience,
        "created_by": by,
    }
    template, created = NoticeTemplate.objects.get_or_create(
        division=current.division, name=name, defaults=facts
    )
    if not created:
        raise Refused(NAME_TAKEN)
    record("template.saved", template, by=by, name=name)
    return template


@transaction.atomic
def delete_template(template: NoticeTemplate, *, by: User) -> None:
    """Take the template away. Raises PermissionDenied for others than its division's drafters."""
    demand(template.division_id in drafting_division_ids(by))
    record("template.deleted", template, by=by, name=template.name)
    template.delete()


@transaction.atomic
def discard_draft(notice: Notice, *, by: User, revision: int | None = None) -> None:
    """Give up a notice that was never published; its number stays used, its events remain.

    Raises PermissionDenied, Stale (see locked_for_editing), Refused for a published notice.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    if version.notice.state != NoticeState.UNPUBLISHED:
        raise Refused(ONLY_UNPUBLISHED)
    record("notice.discarded", version.notice, by=by, title=version.title, number=version.number)
    version.notice.relations_out.all().delete()
    version.notice.delete()
