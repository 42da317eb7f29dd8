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
    active = Membership.objects.active()
    if not (asked := list(topics)):
        return _among(active.at_window_of(organizations))
    named = TopicRoute.objects.in_force().filter(topic__in=asked).values("division")
    routed = Division.objects.filter(pk__in=named, organization__in=organizations)
    people = active.filter(division=OuterRef("pk"), user__is_active=True)
    staffed = routed.filter(Exists(people)).values("organization")
    windows = Division.objects.filter(is_window=True, organization__in=organizations)
    left = windows.exclude(organization__in=staffed)
    # One scan of the memberships: two of people cost three times as much at 100,000 accounts.
    return _among(active.filter(Q(division__in=routed) | Q(division__in=left)))


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
