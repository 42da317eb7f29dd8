"""Whom to ask about a notice, as printed under its text."""

from django.db import models

from notices.models.versions import NoticeVersion


class Contact(models.Model):
    """A place to ask, in printed order; immutable once its version is published."""

    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField("順序")
    division = models.CharField("課室名", max_length=300)
    person = models.CharField("担当", max_length=60, blank=True)
    extension = models.CharField("内線", max_length=30, blank=True)
    phone = models.CharField("電話", max_length=30, blank=True)
    mail = models.EmailField("メール", blank=True)

    class Meta:
        verbose_name = "問合せ先"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="contact_position_once"),
            models.CheckConstraint(condition=~models.Q(division=""), name="contact_names_division"),
        ]

    def __str__(self) -> str:
        """One line as printed: ``医政局総務課　担当：山田　内線：2513``."""
        labelled = {
            "担当": self.person,
            "電話": self.phone,
            "内線": self.extension,
            "メール": self.mail,
        }
        parts = [f"{label}：{value}" for label, value in labelled.items() if value]
        return "　".join([self.division, *parts])
