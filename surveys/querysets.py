"""Who may see which survey, assignment and compilation; how far the answers have come."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils import timezone

from accounts.models import Organization, User
from accounts.querysets import in_prefecture
from accounts.states import Level, Role
from surveys.prefectures import (
    followed_by_prefecture,
    own_or_in_bureau,
    read_by_prefecture,
    written_by_proxy,
)
from surveys.standings import WITH_PREFECTURE, Standing, standing_on
from surveys.states import (
    ANSWERABLE_STATES,
    HANDED_IN_STATES,
    AssignmentState,
    ExtensionState,
    SurveyState,
)

if TYPE_CHECKING:
    from surveys.models.assignments import Assignment
    from surveys.models.compilations import Compilation  # noqa: F401 - named in a string
    from surveys.models.surveys import Survey

DAYS_TO_DECIDE = 7
"""How long after a deadline a survey waits for its division to decide on more time."""


def owned_by(user: User, prefix: str = "") -> Q:
    """Surveys that one of the person's divisions runs."""
    return Q(**{f"{prefix}division__in": user.division_ids()})


class SurveyQuerySet(models.QuerySet["Survey"]):
    def started(self) -> "SurveyQuerySet":
        return self.filter(opened_at__isnull=False)

    def accepting(self) -> "SurveyQuerySet":
        """Those that take answers now."""
        return self.filter(state=SurveyState.OPEN)

    def due_to_open(self) -> "SurveyQuerySet":
        """Approved, and their day has begun in Japan by the database's clock."""
        return self.filter(state=SurveyState.SCHEDULED, opens_on__lte=TruncDate(Now()))

    def due_to_close(self) -> "SurveyQuerySet":
        """Open, taking nothing late, and past the last day of every organization that counts, by
        the database's clock. A request for more time that nobody has decided keeps a survey open
        for DAYS_TO_DECIDE days after the deadline of who asked: it could not be granted afterwards.
        """
        today = TruncDate(Now())
        counted = self.filter(
            assignments__extended_to__gte=today, assignments__succeeded_by__isnull=True
        )
        return (
            self.accepting()
            .filter(accepts_late=False, due_on__lt=today)
            .exclude(pk__in=counted.values("pk"))
            .exclude(pk__in=self._waiting_for_decisions().values("pk"))
        )

    def _waiting_for_decisions(self) -> "SurveyQuerySet":
        """With a request that may still be decided, and that could be of use."""
        first = TruncDate(Now() - timedelta(days=DAYS_TO_DECIDE))
        extended = Q(assignments__extended_to__gte=first)
        by_survey = Q(assignments__extended_to__isnull=True, due_on__gte=first)
        return self.filter(
            extended | by_survey,
            ~Q(assignments__state__in=HANDED_IN_STATES),
            assignments__extension_requests__state=ExtensionState.ASKED,
            assignments__succeeded_by__isnull=True,
        )

    def with_ended_organizations(self) -> "SurveyQuerySet":
        """Open ones in which an organization that has ended counts still."""
        ended = Q(
            assignments__succeeded_by__isnull=True,
            assignments__organization__valid_to__lt=timezone.localdate(),
            assignments__organization__successor__isnull=False,
        )
        return self.accepting().filter(ended).distinct()

    def waiting_for(self, user: User) -> "SurveyQuerySet":
        """Those that wait for the approval of a division for which the person decides."""
        return self.filter(
            state=SurveyState.IN_REVIEW, division__in=user.division_ids(Role.APPROVER)
        )

    def visible_to(self, user: User) -> "SurveyQuerySet":
        """Started: the whole ministry, the asked, the regional bureau of one that was asked, and
        its prefecture if that has a part. Drafts: the division that runs it. Auditors: all.
        """
        if user.has_role(Role.AUDITOR):
            return self
        if user.is_at(Level.MINISTRY):
            return self.filter(owned_by(user) | Q(opened_at__isnull=False))
        path = "assignments__organization"
        asked = self.model.objects.filter(
            own_or_in_bureau(user, path)
            | followed_by_prefecture(user, organization=path, survey="")
        )
        return self.started().filter(pk__in=asked.values("pk"))

    def run_by(self, user: User) -> "SurveyQuerySet":
        """Those that one of the person's divisions runs."""
        return self.filter(owned_by(user))


_GIVEN_BACK = Q(survey__state=SurveyState.CLOSED, reopened_at__gte=F("survey__closed_at"))
AWAITED = Q(Q(survey__state=SurveyState.OPEN) | _GIVEN_BACK, succeeded_by__isnull=True)
"""Assignments that may be handed in: of an open survey, or given back after it was closed, and
not taken over by a successor.
"""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def for_organizations_of(self, user: User) -> "AssignmentQuerySet":
        """What the person's own organizations were asked."""
        return self.filter(organization__in=user.organization_ids())

    def at_divisions_of(self, user: User) -> "AssignmentQuerySet":
        """Those that one of the person's divisions gathers, or of which it writes a section."""
        own = user.division_ids()
        windows = Organization.objects.filter(divisions__in=own, divisions__is_window=True)
        parts = self.model.objects.filter(section_works__division__in=own)
        return self.for_organizations_of(user).filter(
            Q(division__in=own)
            | Q(division__isnull=True, organization__in=windows.values("pk"))
            | Q(pk__in=parts.values("pk"))
        )

    def visible_to(self, user: User) -> "AssignmentQuerySet":
        """With its answers: the own organization always, and the one that has succeeded it; the
        division that runs the survey once submitted, a prefecture as far as the survey lets it.
        Auditors: what is submitted.
        """
        submitted = Q(state__in=HANDED_IN_STATES)
        places = user.organization_ids()
        own = Q(organization__in=places) | Q(succeeded_by__organization__in=places)
        if user.has_role(Role.AUDITOR):
            return self.filter(submitted | own)
        seen = own | (submitted & owned_by(user, "survey__"))
        if user.is_at(Level.PREFECTURE):
            by_proxy = self.model.objects.filter(written_by_proxy(user))
            seen |= read_by_prefecture(user) | Q(pk__in=by_proxy.values("pk"))
        return self.filter(seen)

    def progress_visible_to(self, user: User) -> "AssignmentQuerySet":
        """How far it is, without answers: the ministry all, others themselves and their area; a
        prefecture only where the survey gives it a part.
        """
        if user.is_at(Level.MINISTRY) or user.has_role(Role.AUDITOR):
            return self
        area = followed_by_prefecture(user, organization="organization", survey="survey__")
        return self.filter(own_or_in_bureau(user, "organization") | area)

    def with_survey(self) -> "AssignmentQuerySet":
        """Joined with what every page of a response shows; the questions come from a cache."""
        return self.select_related(
            "survey__division__parent",
            "revision",
            "organization__regional_bureau",
            "division__parent",
            "succeeded_by__organization",
        ).defer("revision__document")

    def with_due(self) -> "AssignmentQuerySet":
        """With ``due``: the last day for this organization, its extension counted."""
        return self.annotate(due=Coalesce("extended_to", "survey__due_on"))

    def due_between(self, first: date, last: date) -> "AssignmentQuerySet":
        """Those whose last day lies from ``first`` to ``last``, both included."""
        return self.with_due().filter(Q(due__range=(first, last)))

    def due_from(self, day: date) -> "AssignmentQuerySet":
        """Those whose last day is ``day`` or a later one."""
        return self.with_due().filter(Q(due__gte=day))

    def due_before(self, day: date) -> "AssignmentQuerySet":
        """Those whose last day is an earlier one."""
        return self.with_due().filter(Q(due__lt=day))

    def in_order_of_urgency(self) -> "AssignmentQuerySet":
        """What can still be answered first, each part by due date."""
        closed = Q(state__in=HANDED_IN_STATES) | ~AWAITED
        settled = models.ExpressionWrapper(closed, models.BooleanField())
        return self.with_due().annotate(is_settled=settled).order_by("is_settled", "due", "pk")

    def answerable(self) -> "AssignmentQuerySet":
        """Those whose answers may still be written and submitted."""
        return self.owed().filter(state__in=ANSWERABLE_STATES)

    def awaiting_approval_of(self, user: User) -> "AssignmentQuerySet":
        """Those that the person may approve: of own organizations, asked for by somebody else."""
        places = user.active_memberships
        own = {m.division.organization_id for m in places if Role.APPROVER in m.roles}
        waiting = self.counted().filter(
            AWAITED, organization__in=own, state=AssignmentState.AWAITING_APPROVAL
        )
        return waiting.exclude(requested_by=user)

    def returned_to(self, user: User) -> "AssignmentQuerySet":
        """Those that somebody gave back and the person may mend."""
        writers = {Role.DRAFTER, Role.APPROVER}
        places = user.active_memberships
        own = {m.division.organization_id for m in places if writers & set(m.roles)}
        states = [AssignmentState.RETURNED_INSIDE, AssignmentState.RETURNED]
        return self.answerable().filter(organization__in=own, state__in=states)

    def submitted(self) -> "AssignmentQuerySet":
        return self.filter(state__in=HANDED_IN_STATES)

    def not_submitted(self) -> "AssignmentQuerySet":
        return self.exclude(state__in=HANDED_IN_STATES)

    def counted(self) -> "AssignmentQuerySet":
        """Without those that a successor answers since a merger: nothing counts twice."""
        return self.filter(succeeded_by__isnull=True)

    def owed(self) -> "AssignmentQuerySet":
        """Not handed in, and it may still be."""
        takes_late = Q(survey__accepts_late=True, survey__state=SurveyState.OPEN)
        in_time = Q(due__gte=timezone.localdate()) | takes_late
        return self.counted().not_submitted().filter(AWAITED).with_due().filter(in_time)

    def received(self) -> "AssignmentQuerySet":
        """Handed in, and confirmed by the prefecture where the survey asks for that."""
        return self.submitted().exclude(WITH_PREFECTURE)

    def with_prefecture(self) -> "AssignmentQuerySet":
        """Handed in by municipalities, and waiting for their prefecture's confirmation."""
        return self.submitted().filter(WITH_PREFECTURE)

    def to_accept(self) -> "AssignmentQuerySet":
        """Received and not accepted yet."""
        return self.counted().received().exclude(state=AssignmentState.ACCEPTED)

    def in_prefecture(self, code: str) -> "AssignmentQuerySet":
        """Those of one prefecture, see :func:`accounts.querysets.in_prefecture`."""
        return self.filter(in_prefecture(code, "organization"))

    def standing(self, standing: str) -> "AssignmentQuerySet":
        """Those that stand so today, a value of :class:`surveys.standings.Standing`."""
        return self.filter(standing_on(standing, timezone.localdate()))

    def prefectures(self) -> "models.QuerySet[Assignment, dict[str, object]]":
        """Code and name of the prefectures in which those asked lie, blank for regional bureaus."""
        columns = ("organization__prefecture_code", "organization__prefecture_name")
        rows: models.QuerySet[Assignment, dict[str, object]] = self.values(*columns)
        return rows.order_by(*columns).distinct()

    def by_prefecture_and_kind(self) -> "models.QuerySet[Assignment, dict[str, object]]":
        """Per prefecture (code and name) and kind of organization, in code order: asked,
        submitted (answered or nothing applies), and each :class:`surveys.standings.Standing`.
        """
        return self._counted_by(
            "organization__prefecture_code", "organization__prefecture_name", "organization__kind"
        )

    def by_survey(
        self, surveys: "Iterable[Survey]"
    ) -> "models.QuerySet[Assignment, dict[str, object]]":
        """The same per survey of the ones given."""
        return self.filter(survey__in=surveys)._counted_by("survey")

    def _counted_by(self, *columns: str) -> "models.QuerySet[Assignment, dict[str, object]]":
        today = timezone.localdate()
        standings = {str(each): Count("pk", filter=standing_on(each, today)) for each in Standing}
        submitted = Count("pk", filter=Q(state__in=HANDED_IN_STATES))
        rows: models.QuerySet[Assignment, dict[str, object]] = (
            self.counted()
            .values(*columns)
            .annotate(asked=Count("pk"), submitted=submitted, **standings)
            .order_by(*columns)
        )
        return rows
