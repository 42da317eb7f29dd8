"""What a person may do with a notice: the role allows it AND the state allows it.

``is_…`` answers for the role alone, so that an act that came too late can be told from one that
was never allowed: the first is a message, the second a 403.
"""

from django.db.models import Q, QuerySet, Subquery

from accounts.models import Division, User
from accounts.states import Level, Role
from notices.models import Delivery, Issuer, Notice, NoticeVersion
from notices.states import NoticeState, VersionState
from onepublic.audit.models import events_of

CORRECTION_BEGUN = "notice.correction_begun"
ACTS_OF_APPROVERS = (
    "notice.returned",
    "notice.scheduled",
    "notice.schedule_cancelled",
    "notice.not_published",
    "notice.published",
    "notice.nudged",
    "notice.agreed",
    "notice.agreement_declined",
)
ACKNOWLEDGING = (Role.DRAFTER, Role.APPROVER, Role.ORG_ADMIN)


def drafting_division_ids(user: User) -> set[int]:
    """The ministry's divisions for which the person drafts; elsewhere nobody issues notices."""
    return {
        m.division_id
        for m in user.active_memberships
        if Role.DRAFTER in m.roles and m.division.organization.level == Level.MINISTRY
    }


def can_draft(user: User) -> bool:
    """Begin a notice: drafters of the ministry."""
    return bool(drafting_division_ids(user))


def can_see_drafts(user: User) -> bool:
    """Open the list of what is being drafted: the ministry's people."""
    return user.is_at(Level.MINISTRY)


def is_drafter(user: User, notice: Notice) -> bool:
    """Drafts for the division that issues the notice."""
    return notice.division_id in user.division_ids(Role.DRAFTER)


def is_approver(user: User, notice: Notice) -> bool:
    """Decides for the division that issues the notice."""
    return notice.division_id in user.division_ids(Role.APPROVER)


def works_on(user: User, notice: Notice) -> bool:
    """Drafts or decides for the division that issues the notice."""
    return is_drafter(user, notice) or is_approver(user, notice)


def is_second_person(user: User, version: NoticeVersion) -> bool:
    """An approver who has neither written any of it nor submitted it (起案者と決裁者は別人).

    Every hand counts, also one before the last: the audit trail, which nobody can change, knows
    them all.
    """
    return is_approver(user, version.notice) and not _has_a_hand_in(user, version)


def _has_a_hand_in(user: User, version: NoticeVersion) -> bool:
    """Also in a correction only the hands of this version count: those since it was begun."""
    notice, events = version.notice, events_of(version.notice)
    if user.pk in {version.submitted_by_id, version.written_by_id}:
        return True
    if version.is_correction:
        begun = events.filter(action=CORRECTION_BEGUN).order_by("-pk").values("pk")[:1]
        events = events.filter(pk__gte=Subquery(begun))
    elif user.pk == notice.created_by_id:
        return True
    return events.filter(actor=user).exclude(action__in=ACTS_OF_APPROVERS).exists()


def can_edit(user: User, version: NoticeVersion) -> bool:
    """Change text, audience and attachments: drafters, until it is in review."""
    return version.is_editable and is_drafter(user, version.notice)


def can_correct(user: User, notice: Notice) -> bool:
    """Begin a correction: drafters, while it is published; one at a time."""
    return (
        notice.state == NoticeState.PUBLISHED
        and is_drafter(user, notice)
        and not notice.versions.drafts().exists()
    )


def can_see_history(user: User, notice: Notice) -> bool:
    """See who wrote what and when: the issuing division, and auditors."""
    return notice.division_id in user.division_ids() or user.has_role(Role.AUDITOR)


def can_submit(user: User, version: NoticeVersion) -> bool:
    """Send it for approval: whoever may edit it."""
    return can_edit(user, version)


def can_return(user: User, version: NoticeVersion) -> bool:
    """Give it back to the drafters with a reason: approvers, while it is in review."""
    return version.state == VersionState.IN_REVIEW and is_approver(user, version.notice)


def can_publish(user: User, version: NoticeVersion) -> bool:
    """Publish it: an approver who is not its author, while it is in review."""
    return version.state == VersionState.IN_REVIEW and is_second_person(user, version)


def issuers_answered_by(user: User, version: NoticeVersion) -> "QuerySet[Issuer]":
    """The version's joint issuers that must agree and whose approver the person is."""
    mine = version.issuers.filter(division__in=user.division_ids(Role.APPROVER))
    return mine.exclude(division=version.notice.division_id).filter(
        division__issuing_rule__requires_agreement=True
    )


def is_approver_of_joint_issuer(user: User, version: NoticeVersion) -> bool:
    """Decides for a joint division that must agree."""
    return issuers_answered_by(user, version).exists()


def can_agree(user: User, version: NoticeVersion) -> bool:
    """Agree to issue it together, or decline, while it is in review."""
    return version.state == VersionState.IN_REVIEW and is_approver_of_joint_issuer(user, version)


def can_try_mail(user: User, version: NoticeVersion) -> bool:
    """Get the mail of a draft for oneself: drafters and approvers of the division."""
    concerned = is_drafter(user, version.notice) or is_approver(user, version.notice)
    return version.notify_by_mail and concerned


def can_cancel_schedule(user: User, version: NoticeVersion) -> bool:
    """Keep it from going out at its time: drafters and approvers of the division."""
    notice = version.notice
    concerned = is_drafter(user, notice) or is_approver(user, notice)
    return version.state == VersionState.SCHEDULED and concerned


def can_withdraw(user: User, notice: Notice) -> bool:
    """Take it back: an approver alone, while it is published."""
    return notice.state == NoticeState.PUBLISHED and is_approver(user, notice)


def can_see_readers(user: User, notice: Notice) -> bool:
    """Who had opened it when it was withdrawn: people of the issuing division, and auditors."""
    inside = notice.division_id in user.division_ids() or user.has_role(Role.AUDITOR)
    return inside and notice.state == NoticeState.WITHDRAWN


def acknowledging_organization_ids(user: User) -> set[int]:
    """The organizations in whose name the person may confirm receipt; viewers only read."""
    return {
        m.division.organization_id
        for m in user.active_memberships
        if set(ACKNOWLEDGING) & set(m.roles)
    }


def can_acknowledge(user: User, delivery: Delivery) -> bool:
    """Confirm receipt for the organization, once, unless it declined."""
    return delivery.acknowledged_at is None and can_hand_over(user, delivery)


def can_mark_done(user: User, delivery: Delivery) -> bool:
    """Say that what was asked by a day is done."""
    asked = delivery.due_on is not None and delivery.done_at is None
    return asked and can_hand_over(user, delivery)


def can_undo_done(user: User, delivery: Delivery) -> bool:
    """Say that it was not done after all."""
    return delivery.done_at is not None and _acts_for(user, delivery)


def can_hand_over(user: User, delivery: Delivery) -> bool:
    """Give it to another division of the organization, unless it declined."""
    return delivery.declined_at is None and _acts_for(user, delivery)


def can_decline(user: User, delivery: Delivery) -> bool:
    """Say that the organization is not responsible, unless it has done what was asked."""
    return delivery.done_at is None and can_hand_over(user, delivery)


def can_take_back_decline(user: User, delivery: Delivery) -> bool:
    """Say that it is responsible after all."""
    return delivery.declined_at is not None and _acts_for(user, delivery)


def _acts_for(user: User, delivery: Delivery) -> bool:
    return delivery.organization_id in acknowledging_organization_ids(user)


def can_follow(user: User, notice: Notice) -> bool:
    """See which organizations have opened it: the ministry, auditors, and those with an area."""
    levels = (Level.MINISTRY, Level.REGIONAL_BUREAU, Level.PREFECTURE)
    watches = bool(user.organization_ids(*levels)) or user.has_role(Role.AUDITOR)
    return watches and notice.state == NoticeState.PUBLISHED


def can_set_symbol(user: User, division: Division) -> bool:
    """Set the symbol of its document numbers: the division's drafters and approvers."""
    return division.pk in user.division_ids(Role.DRAFTER, Role.APPROVER)


def can_require_agreement(user: User, division: Division) -> bool:
    """Set whether joint notices need its agreement: its approvers and the admins above it."""
    return division.pk in user.division_ids(Role.APPROVER) or user.has_role(
        Role.ORG_ADMIN, organization_id=division.organization_id
    )


def can_keep_topics(user: User) -> bool:
    """Add and rename the fields of work under which notices are filed."""
    return user.has_role(Role.SYSTEM_ADMIN)


def can_rule(user: User) -> bool:
    """Set something for the notices of a division of the ministry."""
    roles = {Role.DRAFTER, Role.APPROVER, Role.ORG_ADMIN}
    return any(
        roles & set(m.roles) and m.division.organization.level == Level.MINISTRY
        for m in user.active_memberships
    )


def divisions_ruled_by(user: User) -> "QuerySet[Division]":
    """The ministry's divisions for whose notices the person may set something."""
    administered = [
        m.division.organization_id for m in user.active_memberships if Role.ORG_ADMIN in m.roles
    ]
    own = user.division_ids(Role.DRAFTER, Role.APPROVER)
    return (
        Division.objects.in_force()
        .filter(organization__level=Level.MINISTRY)
        .filter(Q(pk__in=own) | Q(organization__in=administered))
        .order_by("pk")
    )
