"""Stored files by what may be done with them."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now

from onepublic.files.states import HELD, SCANNABLE

if TYPE_CHECKING:
    from onepublic.files.models import StoredFile


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def held(self) -> "StoredFileQuerySet":
        """In quarantine: not scanned to the end yet, infected, or beyond the scanner."""
        return self.filter(scan_state__in=HELD)

    def due(self) -> "StoredFileQuerySet":
        """Those that a scanner should look at now, and that no living worker holds."""
        return self.filter(scan_state__in=SCANNABLE, scan_due_at__lte=Now())

    def claim(self) -> "StoredFile | None":
        """The file due longest, held by the caller until its lease ends; None when none is due.

        Quarantined ones go first: people wait for them. A file that another worker is claiming
        at this moment is passed over. ``scan_attempts`` numbers the leases.
        """
        lease = timedelta(seconds=2 * settings.CLAMAV_TIMEOUT)
        with transaction.atomic():
            # WAITING stands behind NOT_SCANNED in the alphabet.
            chosen = self.due().order_by("-scan_state", "scan_due_at").values_list("pk", flat=True)
            pk = chosen.select_for_update(skip_locked=True).first()
            if pk is None:
                return None
            self.filter(pk=pk).update(
                scan_due_at=Now() + lease, scan_attempts=F("scan_attempts") + 1
            )
        return self.get(pk=pk)
