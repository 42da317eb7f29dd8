"""People around a survey, whom its mail and its pages name: querysets of users."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.models import Division, Membership, Organization, User
from accounts.states import Role
from surveys.querysets import AssignmentQuerySet

if TYPE_CHECKING:
    from surveys.models.surveys import Survey


def people_asked(assignments: AssignmentQuerySet) -> "models.QuerySet[User]":
    """Who deals with the responses: the people of the division that gathers each, of the window
    where none is named.
    """
    gathering = Q(division__in=assignments.filter(division__isnull=False).values("division"))
    windows = Organization.objects.filter(
        pk__in=assignments.filter(division__isnull=True).values("organization")
    )
    at_windows = Q(division__is_window=True, division__organization__in=windows)
    members = Membership.objects.active().filter(gathering | at_windows)
    people: models.QuerySet[User] = User.objects.among(members)
    return people


def windows_of(organizations: "models.QuerySet[Organization]") -> "models.QuerySet[User]":
    """The people at the windows of the organizations, who get the mail of a survey that opens."""
    members = Membership.objects.active().at_window_of(organizations)
    people: models.QuerySet[User] = User.objects.among(members)
    return people


def not_asked(
    survey: "Survey", organizations: "models.QuerySet[Organization]"
) -> "models.QuerySet[Organization]":
    """Those of the organizations that the survey does not ask yet."""
    return organizations.exclude(assignments__survey=survey)


def writers_of(division: Division) -> "models.QuerySet[User]":
    """The people who draft or decide for the division today and can sign in."""
    roles = [Role.DRAFTER, Role.APPROVER]
    members = Membership.objects.active().filter(division=division, roles__overlap=roles)
    people: models.QuerySet[User] = User.objects.among(members)
    return people


def approvers_of(division: Division) -> "models.QuerySet[User]":
    """The people who decide for the division today and can sign in."""
    members = Membership.objects.active().filter(division=division, roles__contains=[Role.APPROVER])
    people: models.QuerySet[User] = User.objects.among(members)
    return people


def people_named(*keys: int | None) -> "models.QuerySet[User]":
    """The people with these primary keys who can sign in; None stands for nobody."""
    people: models.QuerySet[User] = User.objects.filter(
        is_active=True, pk__in=[key for key in keys if key is not None]
    )
    return people
