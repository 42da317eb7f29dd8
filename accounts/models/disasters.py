"""Disasters: organizations that have other things to do for a time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models.organizations import Organization
from accounts.querysets import DisasterQuerySet


class Disaster(models.Model):
    """A disaster that the ministry has declared for organizations; while it lasts, nobody there is
    reminded of anything. ``until`` is its last day, open while empty.
    """

    name = models.CharField("災害の名称", max_length=100)
    organizations = models.ManyToManyField(
        Organization, verbose_name="対象の機関", related_name="disasters"
    )
    since = models.DateField("開始日")
    until = models.DateField("終了日", null=True, blank=True)
    declared_at = models.DateTimeField("登録日時", db_default=Now(), editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DisasterQuerySet.as_manager()

    class Meta:
        verbose_name = "災害"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="disaster_period_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name
