"""Remarks on a response are dealt with, one by one or all at the next step."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from surveys.actions.locking import lock_answerable
from surveys.models import Assignment, Remark


@transaction.atomic
def settle_remark(remark: Remark, *, by: User) -> None:
    """Mark one remark as dealt with; a second time changes nothing.

    Raises PermissionDenied for people who don't answer for the organization, Refused when the
    response takes no answers.
    """
    current = lock_answerable(remark.assignment, by=by)
    rows = current.remarks.open().filter(pk=remark.pk)
    if rows.update(settled_at=Now(), settled_by=by):
        record("assignment.remark_settled", current, by=by, remark=remark.pk)


def settle_all(assignment: Assignment, *, by: User) -> None:
    """Mark what is open as dealt with; for a locked assignment whose next step is made."""
    assignment.remarks.open().update(settled_at=Now(), settled_by=by)
