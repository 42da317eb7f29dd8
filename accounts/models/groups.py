"""Saved audiences."""

from django.db import models

from accounts.audience import AudienceRule
from accounts.models.organizations import Division


class RecipientGroup(models.Model):
    """A rule with a name that a division uses again and again."""

    division = models.ForeignKey(
        Division, verbose_name="課室", on_delete=models.PROTECT, related_name="recipient_groups"
    )
    name = models.CharField("名称", max_length=60)
    stored_rule = models.JSONField("規則")

    class Meta:
        verbose_name = "宛先グループ"
        constraints = [
            models.UniqueConstraint(fields=["division", "name"], name="recipient_group_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> AudienceRule:
        """The rule as the audience builder and the publication use it."""
        return AudienceRule.from_json(self.stored_rule)
