"""Who may see what is said around a response: remarks, inquiries, requests for more time."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q

from accounts.models import User
from accounts.states import Role
from surveys.states import ExtensionState, SurveyState

if TYPE_CHECKING:
    from surveys.models.inquiries import Inquiry  # noqa: F401 - named in a string
    from surveys.models.work import ExtensionRequest, Remark  # noqa: F401 - named in a string

WRITERS = (Role.DRAFTER, Role.APPROVER)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> "RemarkQuerySet":
        """Those that nobody has dealt with yet."""
        return self.filter(settled_at__isnull=True)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def run_by(self, user: User) -> "InquiryQuerySet":
        """On surveys that one of the person's divisions runs: they see who asked."""
        return self.filter(survey__division__in=user.division_ids())

    def of_organizations_of(self, user: User) -> "InquiryQuerySet":
        """Those that the person's own organizations asked."""
        return self.filter(organization__in=user.organization_ids())

    def shown_to(self, user: User) -> "InquiryQuerySet":
        """What a page of a response shows: published ones, and what the own organization asked."""
        own = Q(organization__in=user.organization_ids())
        return self.filter(own | Q(published_at__isnull=False))

    def waiting(self) -> "InquiryQuerySet":
        """Those without an answer."""
        return self.filter(replied_at__isnull=True)

    def to_be_answered_by(self, user: User) -> "InquiryQuerySet":
        """Those that wait for a division for which the person drafts or decides."""
        return self.waiting().filter(survey__division__in=user.division_ids(*WRITERS))

    def with_news(self) -> "InquiryQuerySet":
        """Answered, and nobody who asked has opened the answer."""
        return self.filter(replied_at__isnull=False, seen_at__isnull=True)


class ExtensionQuerySet(models.QuerySet["ExtensionRequest"]):
    def visible_to(self, user: User) -> "ExtensionQuerySet":
        """For the organization that asks and the division that decides."""
        own = Q(assignment__organization__in=user.organization_ids())
        return self.filter(own | Q(assignment__survey__division__in=user.division_ids()))

    def waiting(self) -> "ExtensionQuerySet":
        """Those that nobody has decided yet."""
        return self.filter(state=ExtensionState.ASKED)

    def decided(self) -> "ExtensionQuerySet":
        """Granted or refused by the division."""
        return self.filter(state__in=[ExtensionState.GRANTED, ExtensionState.REFUSED])

    def given(self) -> "models.QuerySet[ExtensionRequest, dict[str, object]]":
        """What was given unasked, one row each time with the number of ``organizations``; the
        newest first.
        """
        columns = ("decided_at", "decided_by__name", "until", "reason")
        rows: models.QuerySet[ExtensionRequest, dict[str, object]] = (
            self.filter(state=ExtensionState.GIVEN)
            .values(*columns)
            .annotate(organizations=Count("pk"))
            .order_by("-decided_at")
        )
        return rows

    def to_be_decided_by(self, user: User) -> "ExtensionQuerySet":
        """Those that wait for a division for which the person drafts or decides; nobody can
        decide them while their response may not be handed in anyway.
        """
        own = Q(assignment__survey__division__in=user.division_ids(*WRITERS))
        is_open = Q(assignment__survey__state=SurveyState.OPEN)
        given_back = Q(
            assignment__survey__state=SurveyState.CLOSED,
            assignment__reopened_at__gte=F("assignment__survey__closed_at"),
        )
        return self.waiting().filter(own, is_open | given_back)
