"""Results given back to those who answered."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from surveys.models.surveys import Survey
from surveys.released import ReleaseQuerySet
from surveys.states import ReleaseScope


class Release(models.Model):
    """The results of a survey as they were released; one in force at a time.

    ``figures`` are those of the moment, by question; ``smallest_group`` is the fewest answers of
    which a figure is shown. ``public_key`` is the secret part of a public address, if there is one.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField("回")
    scope = models.CharField("公開の範囲", max_length=10, choices=ReleaseScope)
    question_ids = ArrayField(models.CharField(max_length=64), verbose_name="公開する設問")
    smallest_group = models.PositiveSmallIntegerField("値を示す最少の団体数", default=3)
    note = models.TextField("結果の活用", max_length=5000, blank=True)
    figures = models.JSONField("結果")
    public_key = models.UUIDField("公開用の鍵", null=True, unique=True)
    released_at = models.DateTimeField("公開日時", db_default=Now(), editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("公開を終えた日時", null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "結果の公表"
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="release_number_once"),
            models.UniqueConstraint(
                fields=["survey"], condition=Q(ended_at__isnull=True), name="release_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} 公表{self.number}"
