"""The outbox: one row per message and person, written with the change that causes it; and how each
person wishes to get theirs.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from onepublic.mail.querysets import MailPreferenceQuerySet, OutboxQuerySet
from onepublic.mail.states import MailState


class MailPreference(models.Model):
    """The full hours (JST) at which a person gets what came since in one mail; none: each at once.

    A person without a row gets each mail at once. A row is never removed: whoever claims the
    person's collected mail locks it, so that no two workers make two letters of it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="利用者",
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="mail_preference",
    )
    hours = ArrayField(models.PositiveSmallIntegerField(), verbose_name="時刻", default=list)
    business_days_only = models.BooleanField("開庁日だけ", default=False)

    objects = MailPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "メールの受取り方"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__contained_by=list(range(24))),
                name="mail_preference_hours_of_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Digest(models.Model):
    """One letter made of several messages: made when they are first claimed, so that every attempt
    sends the same ones under the same Message-ID.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="宛先",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField("作成日時", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "まとめたメール"

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def message_id(self) -> str:
        """The Message-ID, the same at every attempt."""
        return _message_id("digest", self.pk)


class OutboxMessage(models.Model):
    """A message to one person about one subject, such as a published notice version.

    ``kind`` names the renderer (see onepublic.mail.rendering), ``subject_id`` the row that it
    writes about. A person gets one message per kind and subject: the database holds that.
    ``digest_at`` is the hour of the letter that collects it with others, empty for a mail of its
    own; ``digest`` is that letter once a worker has begun it.
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
    digest_at = models.DateTimeField("まとめる日時", null=True)
    # Without a constraint: it would be checked for each of 100,000 rows that never have one.
    digest = models.ForeignKey(
        Digest,
        verbose_name="まとめたメール",
        null=True,
        on_delete=models.PROTECT,
        related_name="messages",
        db_constraint=False,
        db_index=False,
    )
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
            ),
            models.Index(
                fields=["person", "due_at"],
                condition=models.Q(state=MailState.PENDING, digest_at__isnull=False),
                name="outbox_waiting_to_be_collected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id} → {self.person_id}"

    @property
    def message_id(self) -> str:
        """The Message-ID, the same at every attempt, so that a repeat is known as one."""
        return _message_id(self.kind, self.pk)


def _message_id(kind: str, key: int) -> str:
    return f"<{kind}.{key}@{urlsplit(settings.PORTAL_URL).hostname}>"
