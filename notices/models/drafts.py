"""Texts beside the one that counts: earlier states of a draft, and templates."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.models import Division
from notices.models.versions import NoticeVersion


class DraftCopy(models.Model):
    """What stood in a draft before another person, or a later sitting, changed it.

    ``content`` is what :func:`notices.actions.keeping.as_json` makes of the text.
    """

    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="copies")
    content = models.JSONField("本文など")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("作成日時")

    class Meta:
        verbose_name = "下書きの控え"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.written_at}"


class NoticeTemplate(models.Model):
    """A text from which a division begins again and again; without number and dates."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="templates")
    name = models.CharField("ひな形の名称", max_length=60)
    content = models.JSONField("本文など")
    audience = models.JSONField("宛先の規則", default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("作成日時", db_default=Now())

    class Meta:
        verbose_name = "ひな形"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["division", "name"], name="template_name_once")
        ]

    def __str__(self) -> str:
        return self.name
