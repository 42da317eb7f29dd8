"""Who deals with what inside an organization."""

from django.db import models

from accounts.models import Division, Organization
from notices.models.notices import Topic
from notices.querysets import TopicRouteQuerySet


class TopicRoute(models.Model):
    """In an organization, the division that deals with a topic; the window has the rest."""

    organization = models.ForeignKey(
        Organization, verbose_name="機関", on_delete=models.PROTECT, related_name="topic_routes"
    )
    topic = models.ForeignKey(
        Topic, verbose_name="分野", on_delete=models.PROTECT, related_name="routes"
    )
    division = models.ForeignKey(
        Division, verbose_name="担当", on_delete=models.PROTECT, related_name="topic_routes"
    )

    objects = TopicRouteQuerySet.as_manager()

    class Meta:
        verbose_name = "分野の担当"
        constraints = [
            models.UniqueConstraint(fields=["organization", "topic"], name="topic_route_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic} → {self.division}"
