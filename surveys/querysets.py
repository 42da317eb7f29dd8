"""Who may see which survey, assignment and compilation; how far the answers have come."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now

from accounts.models import User
from accounts.states import Level, Role
from surveys.states import ANSWERABLE_STATES, AssignmentState, CompilationState, SurveyState

if TYPE_CHECKING:
    from surveys.models.assignments import Assignment
    from surveys.models.compilations import Compilation  # noqa: F401 - named in a string
    from surveys.models.surveys import Survey  # noqa: F401 - named in a string

LEASE = timedelta(minutes=2)


def owned_by(user: User, prefix: str = "") -> Q:
    """Surveys that one of the person's divisions runs."""
    return Q(**{f"{prefix}division__in": user.division_ids()})


class SurveyQuerySet(models.QuerySet["Survey"]):
    def started(self) -> "SurveyQuerySet":
        return self.exclude(state=SurveyState.DRAFT)

    def accepting(self) -> "SurveyQuerySet":
        """Those that take answers now."""
        return self.filter(state=SurveyState.OPEN)

    def visible_to(self, user: User) -> "SurveyQuerySet":
        """Started: the whole ministry, the asked, and the prefecture and regional bureau of one
        that was asked. Drafts: the division that runs it. Auditors: all.
        """
        if user.has_role(Role.AUDITOR):
            return self
        if user.is_at(Level.MINISTRY):
            return self.filter(owned_by(user) | ~Q(state=SurveyState.DRAFT))
        asked = self.model.objects.filter(user.sees_organizations("assignments__organization"))
        return self.started().filter(pk__in=asked.values("pk"))

    def run_by(self, user: User) -> "SurveyQuerySet":
        """Those that one of the person's divisions runs."""
        return self.filter(owned_by(user))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def for_organizations_of(self, user: User) -> "AssignmentQuerySet":
        """What the person's own organizations were asked."""
        return self.filter(organization__in=user.organization_ids())

    def visible_to(self, user: User) -> "AssignmentQuerySet":
        """With its answers: the own organization always, the division that runs the survey once
        submitted. Auditors: what is submitted.
        """
        submitted = Q(state=AssignmentState.SUBMITTED)
        if user.has_role(Role.AUDITOR):
            return self.filter(submitted | Q(organization__in=user.organization_ids()))
        return self.filter(
            Q(organization__in=user.organization_ids()) | (submitted & owned_by(user, "survey__"))
        )

    def progress_visible_to(self, user: User) -> "AssignmentQuerySet":
        """How far it is, without answers: the ministry all, others themselves and their area."""
        if user.is_at(Level.MINISTRY) or user.has_role(Role.AUDITOR):
            return self
        return self.filter(user.sees_organizations("organization"))

    def answerable(self) -> "AssignmentQuerySet":
        return self.filter(state__in=ANSWERABLE_STATES, survey__state=SurveyState.OPEN)

    def submitted(self) -> "AssignmentQuerySet":
        return self.filter(state=AssignmentState.SUBMITTED)

    def by_prefecture(self) -> "models.QuerySet[Assignment, dict[str, object]]":
        """Per prefecture: code, name, asked, submitted, drafting; in code order."""
        return (
            self.values("organization__prefecture_code", "organization__prefecture_name")
            .annotate(
                asked=Count("pk"),
                submitted=Count("pk", filter=Q(state=AssignmentState.SUBMITTED)),
                drafting=Count("pk", filter=Q(state=AssignmentState.DRAFTING)),
            )
            .order_by("organization__prefecture_code")
        )


class CompilationQuerySet(models.QuerySet["Compilation"]):
    def visible_to(self, user: User) -> "CompilationQuerySet":
        """Only the division that runs the survey: a compilation holds the answers of all."""
        return self.filter(owned_by(user, "survey__"))

    def due(self) -> "CompilationQuerySet":
        """Waiting, or running under a lease that a dead worker let pass."""
        return self.filter(
            Q(state=CompilationState.WAITING)
            | Q(state=CompilationState.RUNNING, lease_until__lt=Now())
        )
