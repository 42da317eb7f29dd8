"""Which division of an organization deals with a notice, and whom the portal tells of it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Division, Membership, Organization, User
from notices.models import Delivery, Topic, TopicRoute


def route_of_organization(topics: Iterable[Topic]) -> Subquery:
    """For a queryset of organizations: the division that one of the topics, the first by name,
    leads to; NULL, which stands for the window, where none does.
    """
    routes = TopicRoute.objects.in_force().filter(
        organization=OuterRef("pk"), topic__in=list(topics)
    )
    return Subquery(routes.order_by("topic__name").values("division")[:1])


def people_to_tell(
    organizations: "QuerySet[Organization]", *, topics: Iterable[Topic]
) -> "QuerySet[User]":
    """Who gets the mail of a notice with these topics to the organizations.

    In an organization with routes for one of the topics: the people of all those divisions. In
    any other, or where nobody is left in them: the people at the window. One query for all.
    """
    windows = Membership.objects.active().at_window_of(organizations)
    if not (asked := list(topics)):
        return _among(windows)
    divisions = TopicRoute.objects.in_force().filter(topic__in=asked).values("division")
    routed = Membership.objects.active().filter(
        user__is_active=True, division__in=divisions, division__organization__in=organizations
    )
    same_place = routed.filter(division__organization=OuterRef("division__organization"))
    return _among(routed, windows.filter(~Exists(same_place)))


def people_dealing_with(deliveries: "QuerySet[Delivery]") -> "QuerySet[User]":
    """The people of the divisions that deal with the deliveries now, the window's where none is
    named; what was handed over is followed.
    """
    named = Membership.objects.active().filter(
        division__in=Division.objects.in_force().filter(pk__in=deliveries.values("division"))
    )
    closed = Division.objects.exclude(pk__in=Division.objects.in_force().values("pk"))
    left = deliveries.filter(Q(division__isnull=True) | Q(division__in=closed.values("pk")))
    windows = Organization.objects.filter(pk__in=left.values("organization"))
    return _among(named, Membership.objects.active().at_window_of(windows))


def _among(*memberships: "QuerySet[Membership]") -> "QuerySet[User]":
    wanted = Q()
    for group in memberships:
        wanted |= Q(pk__in=group.values("user"))
    people: QuerySet[User] = User.objects.filter(wanted, is_active=True)
    return people
