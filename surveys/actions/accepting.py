"""Accepting (受理) what was handed in: the end of an organization's work on a survey."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record_each
from onepublic.core.errors import demand
from surveys.models import Assignment, Survey
from surveys.permissions import may_run
from surveys.states import AssignmentState


@transaction.atomic
def accept_responses(
    survey: Survey, keys: Collection[int], *, by: User, before: datetime | None = None
) -> int:
    """Accept received responses by primary keys; return how many.

    Passed over: what was pulled back, returned or accepted meanwhile, what waits for its
    prefecture's confirmation, and what was handed in or confirmed after ``before``, the moment
    at which a page told how many there are. Raises PermissionDenied for people who don't run the
    survey.
    """
    demand(may_run(by, survey))
    rows = Assignment.objects.filter(survey=survey, pk__in=keys).to_accept()
    locked = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    again = Assignment.objects.filter(_known(before), pk__in=locked)
    chosen = list(again.to_accept().order_by("pk"))
    Assignment.objects.filter(pk__in=[one.pk for one in chosen]).update(
        state=AssignmentState.ACCEPTED, accepted_at=Now(), accepted_by=by
    )
    record_each("assignment.accepted", chosen, by=by)
    return len(chosen)


def _known(before: datetime | None) -> Q:
    """What was there to be accepted at that moment."""
    if before is None:
        return Q()
    confirmed = Q(confirmed_at__isnull=True) | Q(confirmed_at__lte=before)
    return confirmed & Q(submitted_at__lte=before)
