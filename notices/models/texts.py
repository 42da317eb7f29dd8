"""What the worker read in an attachment."""

from django.db import models
from django.db.models.functions import Now

from notices.states import ExtractionState
from onepublic.files.models import StoredFile


class FileText(models.Model):
    """The text of a published attachment, read by a worker; ``due_at`` is also its lease."""

    file = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="extracted"
    )
    state = models.CharField(
        "状態",
        max_length=10,
        choices=ExtractionState,
        default=ExtractionState.WAITING,
        db_default=ExtractionState.WAITING,
    )
    reason = models.CharField("読み取れない理由", max_length=200, default="", db_default="")
    text = models.TextField("文字", default="", db_default="")
    attempts = models.PositiveSmallIntegerField("試行回数", default=0, db_default=0)
    due_at = models.DateTimeField("次の試行", db_default=Now())

    class Meta:
        verbose_name = "ファイルの文字"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ExtractionState.FAILED) ^ models.Q(reason=""),
                name="file_text_failed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ExtractionState.DONE) ^ models.Q(text=""),
                name="file_text_exactly_when_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state=ExtractionState.WAITING),
                name="file_text_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.state}"
