"""What a prefecture does about a survey to its municipalities."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organization
from onepublic.files.models import StoredFile
from surveys.models.assignments import Assignment
from surveys.models.surveys import Survey
from surveys.models.work import Submission
from surveys.prefectures import ProxyQuerySet, RoundQuerySet


class PrefectureRound(models.Model):
    """A prefecture's own words and day for one survey, which its municipalities see beside the
    ministry's. ``due_on`` is a day before the ministry's and binds nobody but the prefecture.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="prefecture_rounds")
    prefecture = models.ForeignKey(
        Organization, verbose_name="都道府県", on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("都道府県への期限", null=True, blank=True)
    note = models.TextField("連絡事項", max_length=5000, blank=True)
    files = models.ManyToManyField(StoredFile, verbose_name="添付", related_name="+")
    revision = models.PositiveIntegerField("改訂番号", default=1)
    written_at = models.DateTimeField("更新日時", db_default=Now())
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "都道府県からの連絡"
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "prefecture"], name="prefecture_round_once_per_survey"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.prefecture_id}"


class ProxyEntry(models.Model):
    """A prefecture writes the answers of a municipality in trouble, with its consent.

    ``consent_by`` and ``consent_how`` say who of the municipality agreed and in what way, and
    ``may_submit`` whether to the handing in as well; values written meanwhile have the origin
    ``proxy``. ``submission`` is what the prefecture handed in under it.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="proxy_entries"
    )
    prefecture = models.ForeignKey(
        Organization, verbose_name="都道府県", on_delete=models.PROTECT, related_name="+"
    )
    consent_by = models.CharField("同意した人", max_length=100)
    consent_how = models.CharField("同意の方法", max_length=400)
    reason = models.CharField("代理入力の理由", max_length=400)
    may_submit = models.BooleanField("提出まで行うことに同意", default=False, db_default=False)
    begun_at = models.DateTimeField("開始日時", db_default=Now(), editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("終了日時", null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submission = models.ForeignKey(
        Submission,
        verbose_name="代理で行った提出",
        null=True,
        on_delete=models.PROTECT,
        related_name="proxy_entries",
    )

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name = "代理入力"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(ended_at__isnull=True),
                name="proxy_entry_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} 代理{self.pk}"
