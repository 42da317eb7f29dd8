"""The outbox: one row per message and person, written with the change that causes it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from onepublic.mail.querysets import OutboxQuerySet
from onepublic.mail.states import MailState


class OutboxMessage(models.Model):
    """A message to one person about one subject, such as a published notice version.

    ``kind`` names the renderer (see onepublic.mail.rendering), ``subject_id`` the row that it
    writes about. A person gets one message per kind and subject: the database holds that.
    """

    kind = models.CharField("種類", max_length=40)
    subject_id = models.BigIntegerField("対象の番号")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="宛先",
        on_delete=models.PROTECT,
        related_name="outbox_messages",
    )
    state = models.CharField("状態", max_length=10, choices=MailState, db_default=MailState.PENDING)
    created_at = models.DateTimeField("作成日時", db_default=Now(), editable=False)
    due_at = models.DateTimeField("送信予定日時", db_default=Now())
    lease_until = models.DateTimeField("確保の期限", null=True)
    attempts = models.PositiveSmallIntegerField("試行回数", db_default=0)
    sent_at = models.DateTimeField("送信日時", null=True)
    last_error = models.CharField("直近の失敗", max_length=300, db_default="")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "送信メール"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "person"], name="outbox_once_per_subject_and_person"
            ),
            models.CheckConstraint(
                condition=models.Q(state=MailState.SENT, sent_at__isnull=False)
                | (~models.Q(state=MailState.SENT) & models.Q(sent_at__isnull=True)),
                name="outbox_sent_at_exactly_when_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state=MailState.PENDING),
                name="outbox_pending_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id} → {self.person_id}"

    @property
    def message_id(self) -> str:
        """The Message-ID, the same at every attempt, so that a repeat is known as one."""
        host = urlsplit(settings.PORTAL_URL).hostname
        return f"<{self.kind}.{self.pk}@{host}>"
