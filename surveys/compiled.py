"""Which compilations there are to see, to make and to take away."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from surveys.querysets import owned_by
from surveys.states import CompilationState

if TYPE_CHECKING:
    from surveys.models.compilations import Compilation  # noqa: F401 - named in a string

LEASE = timedelta(minutes=2)


class CompilationQuerySet(models.QuerySet["Compilation"]):
    def visible_to(self, user: User) -> "CompilationQuerySet":
        """Only the division that runs the survey: a compilation holds the answers of all."""
        return self.filter(owned_by(user, "survey__"))

    def unfinished(self) -> "CompilationQuerySet":
        return self.filter(state__in=[CompilationState.WAITING, CompilationState.RUNNING])

    def outdated(self) -> "CompilationQuerySet":
        """Whose file has been kept for as long as the settings say."""
        kept = timedelta(days=settings.COMPILATION_DAYS)
        return self.filter(file__isnull=False, finished_at__lt=Now() - kept)

    def due(self) -> "CompilationQuerySet":
        """Waiting, or running under a lease that a dead worker let pass."""
        return self.filter(
            Q(state=CompilationState.WAITING)
            | Q(state=CompilationState.RUNNING, lease_until__lt=Now())
        )
