"""A compilation: a record of who asked for which workbook, how far it is, and its file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from onepublic.files.models import StoredFile
from surveys.models.surveys import Survey
from surveys.querysets import CompilationQuerySet
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

    objects = CompilationQuerySet.as_manager()

    class Meta:
        verbose_name = "集計"
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")), name="compilation_progress_in_range"
            ),
            models.CheckConstraint(
                condition=Q(state=CompilationState.DONE, file__isnull=False)
                | (~Q(state=CompilationState.DONE) & Q(file__isnull=True)),
                name="compilation_file_exactly_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} 集計{self.pk}"
