"""Remarks on a response are dealt with: one by one, or at the step that answers them."""

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from surveys.actions.locking import lock_answerable
from surveys.models import Assignment, Remark
from surveys.states import Stage


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


def settle_inside(assignment: Assignment, *, by: User) -> None:
    """Asking for approval answers what approvers had remarked; what others said stays open until
    the response goes back to them. For a locked assignment.
    """
    _settle(assignment, Q(stage=Stage.INSIDE), by=by)


def settle_answered(assignment: Assignment, *, by: User) -> None:
    """Handing in answers approvers, and whatever was said since the response came back: the
    reasons and remarks of who returned it, and of a revision meanwhile. For a locked assignment.

    A comment on what had been handed in returned nothing: it stays open until somebody says that
    it is dealt with.
    """
    came_back = assignment.submissions.aggregate(last=Max("ended_at"))["last"]
    since = Q(written_at__gte=came_back) if came_back else Q()
    _settle(assignment, Q(stage=Stage.INSIDE) | since, by=by)


def _settle(assignment: Assignment, said: Q, *, by: User) -> None:
    assignment.remarks.open().filter(said).update(settled_at=Now(), settled_by=by)
