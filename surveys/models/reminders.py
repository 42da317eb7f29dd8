"""Reminders (督促): each round of them, and who got what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from surveys.models.assignments import Assignment
from surveys.models.surveys import Survey
from surveys.states import ReminderRung


class Reminder(models.Model):
    """One round of reminders of a survey: of a planned day, or sent by hand (``days`` None)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField("督促した日")
    days = models.SmallIntegerField("期限からの日数", null=True)
    text = models.TextField("添える文", max_length=1000, blank=True)
    sent_at = models.DateTimeField("日時", db_default=Now(), editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="督促した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "督促"
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "day", "days"],
                condition=Q(days__isnull=False),
                name="reminder_once_per_planned_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} 督促{self.day}"


class ReminderRecipient(models.Model):
    """A person whom a reminder asked for the answers of one organization, and why this person."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="recipients")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rung = models.CharField("宛先の区分", max_length=10, choices=ReminderRung)

    class Meta:
        verbose_name = "督促の宛先"
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "assignment", "person"], name="reminded_once_per_reminder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id} → {self.person_id}"
