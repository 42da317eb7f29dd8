"""The demo's post box: messages are kept here instead of leaving the machine."""

from django.db import models
from django.db.models.functions import Now


class DemoMail(models.Model):
    """A message as it would have gone out."""

    received_at = models.DateTimeField("受信日時", db_default=Now())
    recipient = models.EmailField("宛先")
    subject = models.CharField("件名", max_length=300)
    text = models.TextField("本文")
    message_id = models.CharField("Message-ID", max_length=200)

    class Meta:
        verbose_name = "デモのメール"
        indexes = [models.Index(fields=["recipient", "-id"])]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"
