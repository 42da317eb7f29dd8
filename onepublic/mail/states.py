"""The states of a message in the outbox."""

from django.db.models import TextChoices


class MailState(TextChoices):
    PENDING = "pending", "送信待ち"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送信できず"
    CANCELLED = "cancelled", "取消し"
