"""An assignment: one survey to one organization."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Division, Organization
from surveys.models.surveys import QuestionnaireRevision, Survey, end_of
from surveys.querysets import AssignmentQuerySet
from surveys.states import ANSWERABLE_STATES, HANDED_IN_STATES, AssignmentState, SurveyState

# What an assignment holds that is not, or no longer, with the ministry.
NOT_HANDED_IN = {
    "submitted_at": None,
    "submitted_by": None,
    "receipt_number": None,
    "confirmed_at": None,
    "confirmed_by": None,
    "accepted_at": None,
    "accepted_by": None,
}


class Assignment(models.Model):
    """What one organization is asked, and how far it is. Overdue is derived, never stored."""

    survey = models.ForeignKey(
        Survey, verbose_name="調査", on_delete=models.PROTECT, related_name="assignments"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="機関", on_delete=models.PROTECT, related_name="assignments"
    )
    revision = models.ForeignKey(
        QuestionnaireRevision, verbose_name="調査票", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        "状態", max_length=20, choices=AssignmentState, db_default=AssignmentState.NOT_STARTED
    )
    created_at = models.DateTimeField("依頼日時", db_default=Now(), editable=False)
    last_answer_at = models.DateTimeField("最終入力日時", null=True)
    submitted_at = models.DateTimeField("提出日時", null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    division = models.ForeignKey(
        Division,
        verbose_name="取りまとめの課室",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    extended_to = models.DateField("延長した期限", null=True)
    not_applicable_reason = models.TextField(
        "該当なしの理由", max_length=1000, blank=True, db_default=""
    )
    requested_at = models.DateTimeField("決裁を求めた日時", null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="決裁を求めた人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("都道府県が確認した日時", null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="都道府県で確認した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopened_at = models.DateTimeField("受付終了後に差し戻した日時", null=True)
    accepted_at = models.DateTimeField("受理した日時", null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="受理した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    succeeded_by = models.ForeignKey(
        "self",
        verbose_name="承継先の回答依頼",
        null=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    receipt_number = models.CharField("受付番号", max_length=30, unique=True, null=True)  # noqa: DJ001 - unique, so absent must be NULL

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "回答依頼"
        constraints = [
            models.UniqueConstraint(fields=["survey", "organization"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=HANDED_IN_STATES,
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    receipt_number__isnull=False,
                )
                | (
                    ~Q(state__in=HANDED_IN_STATES)
                    & Q(
                        submitted_at__isnull=True,
                        submitted_by__isnull=True,
                        receipt_number__isnull=True,
                    )
                ),
                name="assignment_receipt_exactly_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=AssignmentState.AWAITING_APPROVAL,
                    requested_at__isnull=False,
                    requested_by__isnull=False,
                )
                | ~Q(state=AssignmentState.AWAITING_APPROVAL),
                name="assignment_awaiting_approval_was_requested",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.NOT_APPLICABLE) | ~Q(not_applicable_reason=""),
                name="assignment_not_applicable_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=AssignmentState.ACCEPTED,
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                )
                | (
                    ~Q(state=AssignmentState.ACCEPTED)
                    & Q(accepted_at__isnull=True, accepted_by__isnull=True)
                ),
                name="assignment_accepted_by_somebody_exactly_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(state__in=HANDED_IN_STATES),
                name="assignment_confirmed_only_when_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("pk")),
                name="assignment_not_its_own_successor",
            ),
        ]
        indexes = [models.Index(fields=["organization", "state"])]

    def __str__(self) -> str:
        return f"{self.survey_id} → {self.organization_id}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be handed in; the pages' clock, the actions ask the database's."""
        return self.is_awaited and not self.is_refused_at(timezone.now())

    @property
    def is_awaited(self) -> bool:
        """Whether its survey takes answers, or gave back this one after it was closed; what a
        successor has taken over is awaited of the successor.
        """
        takes = self.survey.state == SurveyState.OPEN or self.is_reopened
        return takes and self.succeeded_by_id is None

    @property
    def is_reopened(self) -> bool:
        """Given back after its survey was closed: it alone is open, until its own deadline."""
        closed_at = self.survey.closed_at
        return (
            closed_at is not None and self.reopened_at is not None and self.reopened_at >= closed_at
        )

    @property
    def is_answerable(self) -> bool:
        """Whether its organization may write answers."""
        return self.state in ANSWERABLE_STATES and self.is_open

    def is_refused_at(self, moment: datetime) -> bool:
        """Whether it comes too late then: the survey takes nothing late, or is closed."""
        return not self.takes_late and moment >= self.deadline

    @property
    def takes_late(self) -> bool:
        """Whether it may be handed in after its deadline as well."""
        return self.survey.accepts_late and not self.is_reopened

    @property
    def is_handed_in(self) -> bool:
        """Whether it is with the ministry: submitted, or said that nothing applies."""
        return self.state in HANDED_IN_STATES

    @property
    def due_on(self) -> date:
        """The last day in time for this organization: with its extension, if any."""
        return self.extended_to or self.survey.due_on

    @property
    def deadline(self) -> datetime:
        """The first moment that is late for this organization: 24:00 of ``due_on`` in Japan."""
        return end_of(self.due_on)

    @property
    def is_overdue(self) -> bool:
        """Past its own last day, extension counted, and not handed in; the pages' clock. Never
        what a successor has taken over.
        """
        owed = not self.is_handed_in and self.succeeded_by_id is None
        return owed and timezone.now() >= self.deadline

    @property
    def is_late(self) -> bool:
        """Submitted at or after the deadline."""
        return self.submitted_at is not None and self.submitted_at >= self.deadline
