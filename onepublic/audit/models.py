"""The audit trail. A trigger in the database refuses to change or delete a row."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class AuditEvent(models.Model):
    """One change of state, kept forever."""

    at = models.DateTimeField("日時", db_default=Now(), editable=False)
    action = models.CharField("操作", max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="操作した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    target_type = models.CharField("対象の種類", max_length=60)
    target_id = models.BigIntegerField("対象の番号")
    detail = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = "監査記録"
        indexes = [models.Index(fields=["target_type", "target_id", "id"])]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type}:{self.target_id}"


def record(
    action: str, target: models.Model, *, by: models.Model | None, **detail: Any
) -> AuditEvent:
    """Write one event in the caller's transaction and return it.

    ``action`` is ``noun.verb``, such as ``notice.published``; ``by`` is the acting user, or
    None for the clock; ``detail`` holds JSON values only.
    """
    return AuditEvent.objects.create(
        action=action,
        actor_id=by.pk if by else None,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        detail=detail,
    )


def record_each(
    action: str, targets: Sequence[models.Model], *, by: models.Model | None, **detail: Any
) -> list[AuditEvent]:
    """One event for each of the targets, all in one statement; see :func:`record`."""
    return AuditEvent.objects.bulk_create(
        AuditEvent(
            action=action,
            actor_id=by.pk if by else None,
            target_type=target._meta.label_lower,
            target_id=target.pk,
            detail=detail,
        )
        for target in targets
    )


def events_of(target: models.Model) -> models.QuerySet[AuditEvent]:
    """What was done with ``target``, in its order."""
    return AuditEvent.objects.filter(
        target_type=target._meta.label_lower, target_id=target.pk
    ).order_by("pk")
