"""Deliveries: the audience as rows, and what each organization and person did."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organization
from notices.models.notices import Notice
from notices.querysets import DeliveryQuerySet


class Delivery(models.Model):
    """One notice to one organization: delivered, opened, acknowledged, with who and when."""

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.PROTECT, related_name="deliveries"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="機関", on_delete=models.PROTECT, related_name="deliveries"
    )
    delivered_at = models.DateTimeField("配信日時", db_default=Now())
    opened_at = models.DateTimeField("開封日時", null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="開封した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    acknowledged_at = models.DateTimeField("確認日時", null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="確認した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "配信"
        constraints = [
            models.UniqueConstraint(fields=["notice", "organization"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="delivery_opened_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(
                    acknowledged_at__isnull=False,
                    acknowledged_by__isnull=False,
                    opened_at__isnull=False,
                ),
                name="delivery_acknowledged_by_somebody_after_opening",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-id"])]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.organization_id}"


class Reading(models.Model):
    """A person has opened a notice; for "unread by me" only."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings"
    )
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField("既読日時", db_default=Now())

    class Meta:
        verbose_name = "既読"
        constraints = [models.UniqueConstraint(fields=["user", "notice"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.notice_id}"
