"""What each person has read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from notices.models.notices import Notice


class Reading(models.Model):
    """A person has opened a notice; for "unread by me" only.

    ``sequence`` is the version that they saw last; a correction makes the row ``outdated``, which
    counts as unread.
    """

    # Without an index of its own: those below begin with it, and answer from the index alone.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings", db_index=False
    )
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField("既読日時", db_default=Now())
    sequence = models.PositiveSmallIntegerField("版", default=1, db_default=1)
    outdated = models.BooleanField("訂正前の版", default=False, db_default=False)

    class Meta:
        verbose_name = "既読"
        constraints = [models.UniqueConstraint(fields=["user", "notice"], name="reading_once")]
        indexes = [
            models.Index(
                fields=["user", "notice"], condition=Q(outdated=False), name="reading_of_present"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.notice_id}"
