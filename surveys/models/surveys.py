"""A survey and the revisions of its questionnaire."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import Division
from surveys.querysets import SurveyQuerySet
from surveys.states import SurveyState


class Survey(models.Model):
    """Questions from a division of the ministry to many organizations, with a deadline."""

    division = models.ForeignKey(
        Division, verbose_name="実施する課室", on_delete=models.PROTECT, related_name="surveys"
    )
    state = models.CharField("状態", max_length=10, choices=SurveyState, default=SurveyState.DRAFT)
    title = models.CharField("調査名", max_length=200)
    purpose = models.TextField("目的", max_length=2000)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    base_date = models.DateField("基準日", null=True)
    record_period = models.CharField("実績の対象期間", max_length=60, blank=True)
    opens_on = models.DateField("受付の開始日")
    due_on = models.DateField("回答の期限")
    estimated_minutes = models.PositiveSmallIntegerField("回答に要する時間（分）", null=True)
    contact = models.CharField("問合せ先", max_length=300, blank=True)
    related_notice_number = models.CharField("依頼の文書番号", max_length=60, blank=True)
    stored_audience = models.JSONField("宛先の規則", default=dict)
    notify_by_mail = models.BooleanField("メールで知らせる", default=True)
    created_at = models.DateTimeField("作成日時", db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="作成者", on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("受付を始めた日時", null=True)
    closed_at = models.DateTimeField("受付を終えた日時", null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "調査"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="survey_due_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(state=SurveyState.DRAFT, opened_at__isnull=True)
                | (~Q(state=SurveyState.DRAFT) & Q(opened_at__isnull=False)),
                name="survey_opened_at_exactly_when_opened",
            ),
            models.CheckConstraint(
                condition=Q(state=SurveyState.CLOSED, closed_at__isnull=False)
                | (~Q(state=SurveyState.CLOSED) & Q(closed_at__isnull=True)),
                name="survey_closed_at_exactly_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audience(self) -> AudienceRule:
        """The rule that selects who is asked; frozen as assignments when the survey opens."""
        return AudienceRule.from_json(self.stored_audience)

    @property
    def deadline(self) -> datetime:
        """The first moment that is late: 24:00 of ``due_on`` in Japan."""
        return timezone.make_aware(datetime.combine(self.due_on + timedelta(days=1), time()))


class QuestionnaireRevision(models.Model):
    """The questions as a JSON document (surveys.questionnaire); immutable once published."""

    survey = models.ForeignKey(
        Survey, verbose_name="調査", on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveSmallIntegerField("版", default=1)
    document = models.JSONField("調査票")
    created_at = models.DateTimeField("作成日時", db_default=Now(), editable=False)
    published_at = models.DateTimeField("公開日時", null=True)

    class Meta:
        verbose_name = "調査票の版"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} 第{self.number}版"
