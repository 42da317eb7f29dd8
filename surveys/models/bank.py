"""Questions for further use: those once asked, the bank, and templates."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from accounts.models import Division
from onepublic.files.models import StoredFile
from surveys.kept import BankQuestionQuerySet, TemplateQuerySet
from surveys.models.surveys import QuestionnaireRevision, Survey


class AskedQuestion(models.Model):
    """One question of a survey that was opened, to be found by its likeness.

    ``folded`` is the label without differences of width, case and variants of characters
    (:func:`onepublic.core.fulltext.fold`), which the trigram index holds.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="asked_questions")
    revision = models.ForeignKey(QuestionnaireRevision, on_delete=models.CASCADE, related_name="+")
    question_id = models.CharField("設問", max_length=64)
    section_title = models.CharField("節", max_length=200, blank=True)
    label = models.TextField("設問文")
    folded = models.TextField("照合用の設問文")
    type = models.CharField("形式", max_length=20)
    position = models.PositiveSmallIntegerField("順序")

    class Meta:
        verbose_name = "過去の設問"
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question_id"], name="asked_question_once_per_survey"
            )
        ]
        indexes = [
            GinIndex(name="asked_question_likeness", fields=["folded"], opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}.{self.question_id}"


class BankQuestion(models.Model):
    """A question with its definition that a division keeps for its surveys, or shares with all."""

    division = models.ForeignKey(
        Division, verbose_name="登録した課室", on_delete=models.PROTECT, related_name="+"
    )
    question = models.JSONField("設問")
    label = models.TextField("設問文")
    folded = models.TextField("照合用の設問文")
    definition = models.TextField("定義・記入要領", max_length=2000, blank=True)
    is_shared = models.BooleanField("全課室で共有", default=False)
    created_at = models.DateTimeField("登録日時", db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField("取りやめた日時", null=True)

    objects = BankQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "設問バンクの設問"
        indexes = [
            GinIndex(name="bank_question_likeness", fields=["folded"], opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.label


class QuestionnaireTemplate(models.Model):
    """A whole questionnaire kept as the beginning of others."""

    division = models.ForeignKey(
        Division, verbose_name="登録した課室", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("名称", max_length=100)
    document = models.JSONField("調査票")
    is_shared = models.BooleanField("全課室で共有", default=False)
    created_at = models.DateTimeField("登録日時", db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField("取りやめた日時", null=True)
    images = models.ManyToManyField(StoredFile, related_name="+")

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "調査票のひな形"

    def __str__(self) -> str:
        return self.name
