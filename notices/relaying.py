"""Who may say something around a published notice: pass it on, remind of it, ask, answer."""

from accounts.models import Division, Membership, Organization, User
from accounts.states import Level, Role
from notices.models import Delivery, Notice, Question
from notices.permissions import ACKNOWLEDGING
from notices.querysets import DeliveryQuerySet
from notices.states import NoticeState

ACTING = (Role.DRAFTER, Role.APPROVER)


def relaying_prefecture(user: User, notice: Notice) -> Organization | None:
    """The prefecture in whose name the person may write a cover note: one of whose municipalities
    have got the notice. None for anybody else.
    """
    if notice.state != NoticeState.PUBLISHED:
        return None
    places = _places(user, Level.PREFECTURE)
    return next((place for place in places if municipalities_reached(notice, place).exists()), None)


def municipalities_reached(notice: Notice, prefecture: Organization) -> DeliveryQuerySet:
    """What went to the prefecture's municipalities."""
    return Delivery.objects.filter(notice=notice, organization__prefecture=prefecture)


def nudging_organization(user: User, notice: Notice) -> Organization | None:
    """The organization in whose name the person may remind of the notice: the ministry for the
    issuing division, a prefecture or regional bureau for its area. None for anybody else.
    """
    if notice.state != NoticeState.PUBLISHED:
        return None
    if notice.division_id in user.division_ids(*ACTING):
        return notice.division.organization
    places = _places(user, Level.PREFECTURE, Level.REGIONAL_BUREAU)
    return next((place for place in places if area_of(notice, place).exists()), None)


def area_of(notice: Notice, sender: Organization) -> DeliveryQuerySet:
    """The deliveries of which the sender may remind: a prefecture its municipalities, a bureau
    the governments in its area, the ministry all.
    """
    delivered = Delivery.objects.filter(notice=notice)
    if sender.level == Level.MINISTRY:
        return delivered
    below = Organization.objects.below(Organization.objects.filter(pk=sender.pk))
    return delivered.filter(organization__in=below.values("pk"))


def asking_division(user: User, notice: Notice) -> Division | None:
    """The division from which the person may ask: whoever may confirm receipt for an organization
    that has got the notice. None for anybody else.
    """
    places = [m for m in user.active_memberships if set(ACKNOWLEDGING) & set(m.roles)]
    if notice.state != NoticeState.PUBLISHED or not places:
        return None
    reached = set(
        Delivery.objects.filter(
            notice=notice, organization__in={m.division.organization_id for m in places}
        ).values_list("organization", flat=True)
    )
    return next((m.division for m in places if m.division.organization_id in reached), None)


def may_follow_up(user: User, question: Question) -> bool:
    """Ask on in the thread: people of the asking organization who may confirm receipt."""
    return user.has_role(*ACKNOWLEDGING, organization_id=question.organization_id)


def may_answer(user: User, notice: Notice) -> bool:
    """Answer, and publish answers: drafters of the issuing division."""
    return notice.division_id in user.division_ids(Role.DRAFTER)


def _places(user: User, *levels: Level) -> list[Organization]:
    """Where the person drafts or decides."""
    return [
        m.division.organization for m in _acting(user) if m.division.organization.level in levels
    ]


def _acting(user: User) -> list[Membership]:
    return [m for m in user.active_memberships if set(ACTING) & set(m.roles)]
