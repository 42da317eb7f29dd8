"""A compilation: a record of who asked for which workbook, how far it is, and its file."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Division
from onepublic.files.models import StoredFile
from surveys.compiled import CompilationQuerySet
from surveys.models.surveys import QuestionnaireRevision, Survey
from surveys.states import CompilationState


class Compilation(models.Model):
    """One workbook from one snapshot of a survey's answers."""

    survey = models.ForeignKey(
        Survey, verbose_name="調査", on_delete=models.PROTECT, related_name="compilations"
    )
    state = models.CharField(
        "状態", max_length=10, choices=CompilationState, default=CompilationState.WAITING
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="依頼者", on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("依頼日時", db_default=Now(), editable=False)
    snapshot_at = models.DateTimeField("集計の時点", null=True)
    rows_done = models.PositiveIntegerField("処理済み", default=0)
    rows_total = models.PositiveIntegerField("対象", default=0)
    lease_until = models.DateTimeField("確保の期限", null=True)
    attempts = models.PositiveSmallIntegerField("試行回数", default=0)
    finished_at = models.DateTimeField("終了日時", null=True)
    file = models.ForeignKey(
        StoredFile, verbose_name="集計表", null=True, on_delete=models.PROTECT, related_name="+"
    )

    revision = models.ForeignKey(
        QuestionnaireRevision,
        verbose_name="調査票の版",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stored_order = models.JSONField("依頼の内容", default=dict, db_default={})
    template = models.ForeignKey(
        StoredFile, verbose_name="ひな形", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField("ハッシュ値", max_length=64, blank=True, db_default="")
    full_texts = models.ForeignKey(
        StoredFile,
        verbose_name="長い文の全文",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kept = models.ForeignKey(
        StoredFile,
        verbose_name="作成が終わるまで残す回答",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    removed_at = models.DateTimeField("ファイルを削除した日時", null=True)

    objects = CompilationQuerySet.as_manager()

    class Meta:
        verbose_name = "集計"
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")), name="compilation_progress_in_range"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CompilationState.DONE, file__isnull=False, removed_at__isnull=True
                )
                | Q(state=CompilationState.DONE, file__isnull=True, removed_at__isnull=False)
                | (
                    ~Q(state=CompilationState.DONE)
                    & Q(file__isnull=True, removed_at__isnull=True, full_texts__isnull=True)
                ),
                name="compilation_file_when_done_until_removed",
            ),
            models.CheckConstraint(
                condition=Q(state=CompilationState.RUNNING) | Q(kept__isnull=True),
                name="compilation_keeps_snapshot_while_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} 集計{self.pk}"

    @property
    def kept_until(self) -> datetime | None:
        """When the nightly sweep may take the file away; None until there is one."""
        kept = timedelta(days=settings.COMPILATION_DAYS)
        return self.finished_at + kept if self.finished_at and self.file_id else None


class CompilationLayout(models.Model):
    """An order under a name, which a division keeps for its next compilations."""

    division = models.ForeignKey(
        Division, verbose_name="課室", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField("名前", max_length=60)
    stored_order = models.JSONField("依頼の内容", default=dict)
    template = models.ForeignKey(
        StoredFile, verbose_name="ひな形", null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("保存日時", db_default=Now())
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "集計表の保存した設定"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["division", "name"], name="compilation_layout_once")
        ]

    def __str__(self) -> str:
        return self.name
