"""A person's wish for their mail: each at once, or collected at hours of their own."""

from collections.abc import Collection

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from onepublic.audit.models import record
from onepublic.mail.models import MailPreference, OutboxMessage
from onepublic.mail.states import MailState
from onepublic.mail.tasks import deliver_soon
from onepublic.mail.timing import next_slot


@transaction.atomic
def set_preference(
    user: models.Model, *, hours: Collection[int], business_days_only: bool
) -> MailPreference:
    """Collect the person's mail at these full hours (JST), or send each at once without any hours.

    What waits to be collected moves to its new time; a letter that a worker has begun stays as it
    is. The wish is the whole of it, so that the last one counts; repeating it changes nothing.
    """
    MailPreference.objects.get_or_create(pk=user.pk)
    preference = MailPreference.objects.select_for_update().get(pk=user.pk)
    wish = (sorted(set(hours)), bool(hours) and business_days_only)
    if wish != (preference.hours, preference.business_days_only):
        preference.hours, preference.business_days_only = wish
        preference.save()
        _move_waiting(preference)
        record(
            "mail.preference_set", preference, by=user, hours=wish[0], business_days_only=wish[1]
        )
    return preference


def _move_waiting(preference: MailPreference) -> None:
    slot = next_slot(
        preference.hours,
        business_days_only=preference.business_days_only,
        after=timezone.now(),
    )
    waiting = OutboxMessage.objects.collected().filter(
        person=preference.pk, state=MailState.PENDING, digest__isnull=True
    )
    waiting.update(digest_at=slot, due_at=slot or Now())
    deliver_soon()
