"""The answers of an assignment, what they were before, and the reasons for warnings."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from onepublic.files.models import StoredFile
from surveys.models.assignments import Assignment
from surveys.states import Origin


class Answer(models.Model):
    """One field of one response, with who, when and a revision number.

    ``field`` is a field key of the questionnaire engine; ``value`` its JSON value, None after
    it was cleared. ``revision`` counts the writes, so that a stale write is noticed.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="answers")
    field = models.CharField("項目", max_length=200)
    value = models.JSONField("値", null=True)
    revision = models.PositiveIntegerField("改訂番号", default=1)
    updated_at = models.DateTimeField("更新日時", db_default=Now())
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(
        "値の由来", max_length=10, choices=Origin, db_default=Origin.TYPED, default=Origin.TYPED
    )
    files = models.ManyToManyField(StoredFile, related_name="+")

    class Meta:
        verbose_name = "回答"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "field"], name="answer_once_per_field")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}.{self.field}"


class PastAnswer(models.Model):
    """What a field held before it was overwritten; a trigger of the database writes it."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="past_answers"
    )
    field = models.CharField("項目", max_length=200)
    value = models.JSONField("値", null=True)
    revision = models.PositiveIntegerField("改訂番号")
    updated_at = models.DateTimeField("更新日時")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField("値の由来", max_length=10, choices=Origin)

    class Meta:
        verbose_name = "以前の回答"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "field", "revision"], name="past_answer_once_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}.{self.field} #{self.revision}"


class WarningReason(models.Model):
    """Why an organization submits although a rule of level warning speaks."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="warning_reasons"
    )
    rule_id = models.CharField("規則", max_length=80)
    reason = models.CharField("理由", max_length=400)
    updated_at = models.DateTimeField("更新日時", db_default=Now())
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "注意の理由"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "rule_id"], name="warning_reason_once")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}.{self.rule_id}"
