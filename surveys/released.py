"""Who may see the results of a survey that were released."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from accounts.models import User
from accounts.states import Level, Role
from surveys.states import HANDED_IN_STATES, ReleaseScope

if TYPE_CHECKING:
    from surveys.models.releases import Release  # noqa: F401 - named in a string


class ReleaseQuerySet(models.QuerySet["Release"]):
    def in_force(self) -> "ReleaseQuerySet":
        """Neither ended nor replaced: at most one of each survey."""
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: User) -> "ReleaseQuerySet":
        """Those in force for everybody at an organization, or else for those that have handed in,
        their successors after a merger, the ministry, which asks, and auditors.
        """
        if user.is_at(Level.MINISTRY) or user.has_role(Role.AUDITOR):
            return self.in_force()
        places = list(user.organization_ids())
        if not places:
            return self.none()
        path = "survey__assignments__organization"
        merged = Q(
            **{
                f"{path}__successor__in": places,
                f"{path}__valid_to__lt": timezone.localdate(),
            }
        )
        answered = Q(
            Q(**{f"{path}__in": places}) | merged,
            survey__assignments__state__in=HANDED_IN_STATES,
        )
        seen = self.model.objects.filter(Q(scope=ReleaseScope.ALL) | answered)
        return self.in_force().filter(pk__in=seen.values("pk"))

    def for_anybody(self) -> "ReleaseQuerySet":
        """Those in force to which there is a public link."""
        return self.in_force().filter(public_key__isnull=False)

    def light(self) -> "ReleaseQuerySet":
        """With ``head`` in place of all figures, which are many; joined with its survey."""
        path = "survey__division__"
        joined = self.select_related(f"{path}parent", f"{path}organization").defer("figures")
        return joined.annotate(head=KeyTransform("head", "figures"))
