"""The people of an organization, as its administrator sees them."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Membership, User
from accounts.querysets import MembershipQuerySet
from accounts.states import Role
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request

NEWEST = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in a division, in words."""

    person: str
    division: str
    roles: str
    since: date


@require_safe
def people(request: Request) -> HttpResponse:
    """Everybody with a place today in the organizations that the person administers."""
    if not request.user.has_role(Role.ORG_ADMIN):
        raise Http404
    page = newest_first(memberships(request.user), cursor=request.GET.get("cursor", ""))
    context = {"page": page, "places": [place_of(membership) for membership in page.rows]}
    return render(request, "people.html", context)


def newest_places(user: User) -> list[Place]:
    """Those who came last."""
    return [place_of(membership) for membership in memberships(user).order_by("-pk")[:NEWEST]]


def memberships(user: User) -> MembershipQuerySet:
    """Of people who can sign in, in organizations of which ``user`` is 機関管理者."""
    administered = {
        m.division.organization_id for m in user.active_memberships if Role.ORG_ADMIN in m.roles
    }
    return (
        Membership.objects.active()
        .filter(division__organization__in=administered, user__is_active=True)
        .select_related("user", "division__parent")
    )


def place_of(membership: Membership) -> Place:
    """The membership with the labels of its roles in the order of :class:`Role`."""
    labels = [str(role.label) for role in Role if role in membership.roles]
    return Place(
        membership.user.name,
        membership.division.full_name,
        "、".join(labels),
        membership.valid_from,
    )
