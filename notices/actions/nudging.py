"""Reminding those who have not opened a notice, or not confirmed its receipt."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organization, User
from notices.actions.locking import locked
from notices.models import Notice, Nudge
from notices.querysets import DeliveryQuerySet
from notices.relaying import area_of, nudging_organization
from notices.routing import people_dealing_with
from notices.states import NoticeState, NudgeAim
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale
from onepublic.mail.outbox import enqueue

MAIL_KIND = "notice_nudge"
TAKEN_BACK = "この通知は取り下げられたため、催促できません。"
NOBODY = "{}はありません。催促は送っていません。"
ONCE_A_DAY = (
    "この通知の催促は、本日{at:%H時%M分}に{by}さんが送っています。"
    "催促は１日に１回までです。明日以降に、もう一度お試しください。"
)


@dataclass(frozen=True, slots=True)
class Reminded:
    """Whom a reminder would reach at this moment; neither is read before it is asked for."""

    deliveries: DeliveryQuerySet
    people: "QuerySet[User]"


def whom_to_remind(notice: Notice, sender: Organization, aim: str) -> Reminded:
    """In the sender's area: those that have not opened the notice, or not acknowledged it; never
    those that declined it.
    """
    area = area_of(notice, sender)
    owing = area.unacknowledged()
    owing = owing.unopened() if aim == NudgeAim.UNOPENED else owing
    return Reminded(owing, people_dealing_with(owing))


@transaction.atomic
def nudge(notice: Notice, *, by: User, aim: str) -> Nudge:
    """Remind by mail, in the name of the person's organization, whoever deals with the notice in
    the organizations that still owe; return what was done.

    Raises PermissionDenied for people without an area of it, Stale when the notice was withdrawn,
    Refused when nobody owes or the sender has reminded today already.
    """
    current = locked(notice)
    if current.state == NoticeState.WITHDRAWN:
        raise Stale(TAKEN_BACK)
    sender = nudging_organization(by, current)
    if sender is None:
        raise PermissionDenied
    _ensure_first_today(current, sender)
    reminded = whom_to_remind(current, sender, aim)
    count = reminded.deliveries.count()
    if not count:
        raise Refused(NOBODY.format(NudgeAim(aim).label))
    return _send(current, sender, reminded, by=by, aim=aim, organizations=count)


def sent_today(notice: Notice, sender: Organization) -> Nudge | None:
    """The sender's reminder of today, if there was one."""
    today = notice.nudges.filter(sender=sender, sent_on=timezone.localdate())
    return today.select_related("sent_by").first()


def _ensure_first_today(notice: Notice, sender: Organization) -> None:
    if earlier := sent_today(notice, sender):
        at = timezone.localtime(earlier.sent_at)
        raise Refused(ONCE_A_DAY.format(at=at, by=earlier.sent_by.name))


def _send(
    notice: Notice,
    sender: Organization,
    reminded: Reminded,
    *,
    by: User,
    aim: str,
    organizations: int,
) -> Nudge:
    done = Nudge.objects.create(
        notice=notice,
        sender=sender,
        aim=aim,
        sent_on=timezone.localdate(),
        sent_by=by,
        organizations=organizations,
    )
    done.people = enqueue(
        MAIL_KIND, subject_id=done.pk, people=reminded.people, at_once=notice.is_urgent
    )
    done.save(update_fields=["people"])
    record("notice.nudged", notice, by=by, aim=aim, organizations=organizations, people=done.people)
    return done
