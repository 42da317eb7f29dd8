"""Publishing: text, audience and mail in one transaction, with set-based SQL."""

from datetime import datetime

from django.db import transaction
from django.db.models import DateField, DateTimeField, F, Value
from django.utils import timezone

from accounts.models import User
from notices.actions.locking import draft_of, ensure_unchanged, locked_with_targets
from notices.actions.redelivery import MAIL_KIND, deliver_again, tell_of_correction
from notices.actions.relating import ensure_relations_hold
from notices.models import Delivery, Notice, NoticeVersion
from notices.permissions import is_approver, is_second_person
from notices.querysets import addressees
from notices.readiness import addressed_by, what_is_held, who_has_not_agreed
from notices.routing import people_to_tell, route_of_organization
from notices.search.indexing import index_notice
from notices.search.standing import mark_in_force, touched_by
from notices.states import VERSION_TRANSITIONS, NoticeState, VersionState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.sql import insert_select
from onepublic.core.transitions import ensure_transition
from onepublic.mail.outbox import enqueue

NOBODY = "宛先に当たる団体がありません。宛先を選び直してください。"


@transaction.atomic
def publish(
    notice: Notice, *, by: User, revision: int | None = None, moment: datetime | None = None
) -> Notice:
    """Publish the notice to whom its rule selects now, and return it as published.

    A correction goes to the audience of the first version, which was frozen then.
    ``revision`` is the one that the approver saw; ``moment`` replaces the present, for bringing
    in what was published earlier. Raises PermissionDenied for anybody but an approver who is not
    its author, Stale when it is published already or has changed, Refused for an audience of
    nobody, a file in quarantine or a joint issuer that has not agreed. Nothing is changed then.
    """
    current = locked_with_targets(notice)
    demand(is_approver(by, current))
    version = draft_of(current)
    demand(is_second_person(by, version))
    ensure_transition(VERSION_TRANSITIONS, version.state, VersionState.PUBLISHED, what="この通知")
    ensure_unchanged(current, revision)
    ensure_agreed(version)
    return send_out(version, by=by, at=moment or timezone.now())


def ensure_agreed(version: NoticeVersion) -> None:
    """Raises Refused while a joint issuer that must agree has not."""
    if missing := who_has_not_agreed(version):
        raise Refused("".join(missing))


def send_out(version: NoticeVersion, *, by: User, at: datetime) -> Notice:
    """Seal, deliver and tell, after the decision; the caller holds the lock and has checked.

    Raises Refused for an audience of nobody, files that are held and relations that no longer
    hold; the transaction must then be given up.
    """
    if held := what_is_held(version):
        raise Refused("".join(held))
    ensure_relations_hold(version)
    notice = version.notice
    _seal(notice, version, by=by, at=at)
    if version.is_correction:
        organizations, people = deliver_again(version, at=at), tell_of_correction(version)
    else:
        organizations, people = _deliver(notice, version, at=at), _tell(notice, version)
    index_notice(notice)
    mark_in_force(touched_by(notice))
    sequence = {"sequence": version.sequence} if version.is_correction else {}
    facts = {"organizations": organizations, "people": people, **sequence}
    record("notice.published", notice, by=by, **facts)
    return notice


def _seal(notice: Notice, version: NoticeVersion, *, by: User, at: datetime) -> None:
    """From here on a trigger refuses to change the version."""
    version.state = VersionState.PUBLISHED
    version.published_at = at
    version.published_by = by
    version.save(update_fields=["state", "published_at", "published_by"])
    notice.state = NoticeState.PUBLISHED
    notice.current_version = version
    notice.published_at = notice.published_at or at
    notice.save(update_fields=["state", "current_version", "published_at"])


def _deliver(notice: Notice, version: NoticeVersion, *, at: datetime) -> int:
    """Freeze the audience as rows, each with the division that its routes name; return how many."""
    count = insert_select(
        Delivery,
        addressed_by(version),
        {
            "notice": Value(notice.pk),
            "organization": F("pk"),
            "delivered_at": Value(at, output_field=DateTimeField()),
            "division": route_of_organization(notice.topics.all()),
            "due_on": Value(version.duty_on, output_field=DateField()),
        },
    )
    if not count:
        raise Refused(NOBODY)
    return count


def _tell(notice: Notice, version: NoticeVersion) -> int:
    """A message to each person whom the addressees' routes name; return how many."""
    if not version.notify_by_mail:
        return 0
    people = people_to_tell(addressees(notice), topics=notice.topics.all())
    return enqueue(
        MAIL_KIND,
        subject_id=version.pk,
        people=people,
        is_first=True,
        at_once=version.is_urgent,
    )
