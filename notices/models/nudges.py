"""Reminders of a notice to those who have not opened it, kept as a log."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.models import Organization
from notices.models.notices import Notice
from notices.states import NudgeAim


class Nudge(models.Model):
    """One press of the button: ``sender`` is the organization in whose name it was done.

    ``organizations`` and ``people`` say how many were reminded. The database holds that a sender
    reminds of a notice once a day.
    """

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.PROTECT, related_name="nudges"
    )
    sender = models.ForeignKey(
        Organization, verbose_name="催促した機関", on_delete=models.PROTECT, related_name="+"
    )
    aim = models.CharField("対象", max_length=16, choices=NudgeAim)
    sent_on = models.DateField("催促した日")
    sent_at = models.DateTimeField("催促した日時", db_default=Now())
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="催促した人",
        on_delete=models.PROTECT,
        related_name="+",
    )
    organizations = models.PositiveIntegerField("団体数")
    people = models.PositiveIntegerField("人数", default=0)

    class Meta:
        verbose_name = "通知の催促"
        constraints = [
            models.UniqueConstraint(fields=["notice", "sender", "sent_on"], name="nudge_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.sender} {self.sent_on}"
