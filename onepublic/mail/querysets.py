"""Which messages are due, and the claim that lets two workers share them."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from onepublic.mail.states import MailState

if TYPE_CHECKING:
    from onepublic.mail.models import OutboxMessage

LEASE = timedelta(seconds=settings.MAIL_LEASE_SECONDS)


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self) -> "OutboxQuerySet":
        """Pending, its time has come, and no living worker holds it."""
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=Now()),
            state=MailState.PENDING,
            due_at__lte=Now(),
        )

    def claim(self, size: int) -> list["OutboxMessage"]:
        """Lease up to ``size`` due messages for :data:`LEASE`, in order of their rows.

        Rows that another worker is claiming at this moment are passed over. A worker that dies
        holds its rows only until the lease ends.
        """
        with transaction.atomic():
            chosen = self.due().order_by("due_at", "pk").select_for_update(skip_locked=True)[:size]
            keys = list(chosen.values_list("pk", flat=True))
            self.filter(pk__in=keys).update(lease_until=Now() + LEASE, attempts=F("attempts") + 1)
        return list(self.filter(pk__in=keys).select_related("person").order_by("due_at", "pk"))
