"""Inquiries: what organizations ask about a survey, and what the division answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organization
from surveys.exchange import InquiryQuerySet
from surveys.models.surveys import Survey


class Inquiry(models.Model):
    """One question on one question of a survey ("" for the whole), answered once.

    ``public_text`` and ``public_reply`` are shown to all who were asked, without who asked.
    """

    survey = models.ForeignKey(
        Survey, verbose_name="調査", on_delete=models.PROTECT, related_name="inquiries"
    )
    question_id = models.CharField("設問", max_length=64, blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name="質問した機関", on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("質問", max_length=2000)
    asked_at = models.DateTimeField("質問日時", db_default=Now(), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reply = models.TextField("回答", max_length=5000, blank=True)
    replied_at = models.DateTimeField("回答日時", null=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    public_text = models.TextField("公開する質問", max_length=2000, blank=True)
    public_reply = models.TextField("公開する回答", max_length=5000, blank=True)
    published_at = models.DateTimeField("公開日時", null=True)
    seen_at = models.DateTimeField("回答を開いた日時", null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "調査への質問"
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, reply="")
                | (Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply="")),
                name="inquiry_replied_with_words",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | (~Q(public_text="") & ~Q(public_reply="")),
                name="inquiry_published_with_its_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}.{self.question_id} 質問{self.pk}"

    @property
    def has_news(self) -> bool:
        """Answered, and nobody who asked has opened the answer."""
        return self.replied_at is not None and self.seen_at is None
