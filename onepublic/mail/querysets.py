"""Which messages are due, and the claims that let two workers share them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now

from onepublic.mail.states import MailState

if TYPE_CHECKING:
    from onepublic.mail.models import (  # noqa: F401 - named in strings
        Digest,
        MailPreference,
        OutboxMessage,
    )

LEASE = timedelta(seconds=settings.MAIL_LEASE_SECONDS)


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    def held(self, size: int) -> list[int]:
        """Lock up to ``size`` of them, without those that another worker holds; return whose."""
        chosen = self.order_by("pk").select_for_update(of=("self",), skip_locked=True)
        return list(chosen.values_list("pk", flat=True)[:size])


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self) -> "OutboxQuerySet":
        """Pending, its time has come, and no living worker holds it."""
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=Now()),
            state=MailState.PENDING,
            due_at__lte=Now(),
        )

    def single(self) -> "OutboxQuerySet":
        """Those that are a mail of their own."""
        return self.filter(digest_at__isnull=True)

    def collected(self) -> "OutboxQuerySet":
        """Those that go out in one letter with others of the same person."""
        return self.filter(digest_at__isnull=False)

    def claim(self, size: int) -> list["OutboxMessage"]:
        """Lease up to ``size`` due single messages for :data:`LEASE`, in order of their rows.

        Rows that another worker is claiming at this moment are passed over. A worker that dies
        holds its rows only until the lease ends.
        """
        with transaction.atomic():
            due = self.due().single().order_by("due_at", "pk")
            chosen = due.select_for_update(skip_locked=True)[:size]
            keys = list(chosen.values_list("pk", flat=True))
            self.filter(pk__in=keys).update(**_LEASED)
        return list(self.filter(pk__in=keys).select_related("person").order_by("due_at", "pk"))

    def claim_collected(self, size: int) -> list["OutboxMessage"]:
        """Lease all due messages of up to ``size`` people who get theirs collected, letter by
        letter (``digest``).

        A letter that was begun before keeps its messages; new ones make another. The people's
        preferences are locked first, so that all that is due for a person goes to one worker.
        """
        with transaction.atomic():
            people = self._hold_people_with_collected(size)
            due = self.due().collected().filter(person__in=people).order_by("pk")
            held = due.select_for_update(skip_locked=True)
            rows = list(held.values_list("pk", "person", "digest"))
            keys = [key for key, _, _ in rows]
            # Whoever was told first gets the first letter: a set would keep no order.
            begun = self._begin(dict.fromkeys(p for _, p, digest in rows if digest is None))
            fresh = self.filter(pk__in=keys, digest__isnull=True)
            fresh.update(digest_id=Subquery(begun.filter(person=OuterRef("person")).values("pk")))
            self.filter(pk__in=keys).update(**_LEASED)
        claimed = self.filter(pk__in=keys).select_related("person", "digest")
        return list(claimed.order_by("digest", "pk"))

    def _hold_people_with_collected(self, size: int) -> list[int]:
        preferences: MailPreferenceQuerySet = apps.get_model("mail", "MailPreference").objects.all()
        waiting = self.due().collected().values("person")
        return preferences.filter(user__in=waiting).held(size)

    def _begin(self, people: Iterable[int]) -> "models.QuerySet[Digest]":
        letters: models.QuerySet[Digest] = apps.get_model("mail", "Digest").objects.all()
        new = letters.bulk_create([letters.model(person_id=person) for person in people])
        return letters.filter(pk__in=[letter.pk for letter in new])


_LEASED = {"lease_until": Now() + LEASE, "attempts": F("attempts") + 1}
