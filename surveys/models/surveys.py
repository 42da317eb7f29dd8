"""A survey and the revisions of its questionnaire."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import Division
from onepublic.core.once import MadeOnce
from onepublic.files.models import StoredFile
from surveys.querysets import SurveyQuerySet
from surveys.states import UNOPENED_STATES, PrefecturePart, SurveyState


def end_of(day: date) -> datetime:
    """The first moment after a day in Japan: 「11月30日まで」 means until 24:00."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


class Survey(MadeOnce):
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
    previous = models.ForeignKey(
        "self",
        verbose_name="前回の調査",
        null=True,
        on_delete=models.PROTECT,
        related_name="next_rounds",
    )
    accepts_late = models.BooleanField("期限後の提出を受け付ける", db_default=True)
    prefecture_part = models.CharField(
        "都道府県の関わり",
        max_length=5,
        choices=PrefecturePart,
        default=PrefecturePart.WATCH,
        db_default=PrefecturePart.WATCH,
    )
    prefectures_read_drafts = models.BooleanField(
        "都道府県が提出前の回答を閲覧できる", default=False, db_default=False
    )
    reminder_days = ArrayField(
        models.SmallIntegerField(),
        verbose_name="督促の日（期限からの日数）",
        default=list,
        db_default=[],
        blank=True,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="決裁を求めた人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="決裁した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    return_reason = models.TextField("差戻しの理由", max_length=1000, blank=True)
    cancelled_at = models.DateTimeField("中止の日時", null=True)
    cancel_reason = models.TextField("中止の理由", max_length=1000, blank=True)

    images = models.ManyToManyField(StoredFile, related_name="+")
    """What any state of its questionnaire shows or has shown: undo brings it back."""

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "調査"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="survey_due_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(state=SurveyState.CANCELLED)
                | Q(state__in=UNOPENED_STATES, opened_at__isnull=True)
                | (~Q(state__in=UNOPENED_STATES) & Q(opened_at__isnull=False)),
                name="survey_opened_at_exactly_when_opened",
            ),
            models.CheckConstraint(
                condition=Q(state=SurveyState.CLOSED, closed_at__isnull=False)
                | (~Q(state=SurveyState.CLOSED) & Q(closed_at__isnull=True)),
                name="survey_closed_at_exactly_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(state=SurveyState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=SurveyState.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="survey_cancelled_at_exactly_when_cancelled",
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
        return end_of(self.due_on)


class QuestionnaireRevision(models.Model):
    """The questions as a JSON document (surveys.questionnaire); immutable once published.

    ``edit`` is the number of the :class:`QuestionnaireEdit` that is shown; a save that was made
    from another one is stale.
    """

    survey = models.ForeignKey(
        Survey, verbose_name="調査", on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveSmallIntegerField("版", default=1)
    document = models.JSONField("調査票")
    created_at = models.DateTimeField("作成日時", db_default=Now(), editable=False)
    published_at = models.DateTimeField("公開日時", null=True)
    reason = models.TextField("改訂の理由", max_length=1000, blank=True)
    edit = models.PositiveIntegerField("編集番号", db_default=0)
    edited_at = models.DateTimeField("最終編集日時", db_default=Now())
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="最終編集者",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "調査票の版"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} 第{self.number}版"


class QuestionnaireEdit(models.Model):
    """The questionnaire after one step in the builder, for undo and redo. Steps after the one
    shown are what was undone; the next step replaces them.
    """

    revision = models.ForeignKey(
        QuestionnaireRevision, on_delete=models.CASCADE, related_name="edits"
    )
    number = models.PositiveIntegerField("編集番号")
    what = models.CharField("操作", max_length=200)
    document = models.JSONField("調査票")
    made_at = models.DateTimeField("日時", db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="編集者", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "調査票の編集"
        constraints = [models.UniqueConstraint(fields=["revision", "number"], name="edit_once")]

    def __str__(self) -> str:
        return f"{self.revision_id} 編集{self.number}"
