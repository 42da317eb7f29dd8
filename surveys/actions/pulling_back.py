"""Taking a response back from the ministry before its deadline, to go on with it."""

from django.db import transaction

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.clock import database_time
from onepublic.core.errors import Refused
from onepublic.core.transitions import ensure_transition
from surveys.actions.locking import CLOSED, SUCCEEDED, lock_response
from surveys.models import Assignment
from surveys.models.assignments import NOT_HANDED_IN
from surveys.states import ASSIGNMENT_TRANSITIONS, AssignmentState

PAST_DEADLINE = (
    "回答期限を過ぎたため、提出を取り戻せません。"
    "直すところがあるときは、実施する課室に差戻しを依頼してください。"
)
_MAY_BE_PULLED_BACK = (AssignmentState.SUBMITTED, AssignmentState.NOT_APPLICABLE)


@transaction.atomic
def pull_back(assignment: Assignment, *, by: User, reason: str = "") -> None:
    """End the submission in force; its copy and its number are kept, writing goes on.

    Raises PermissionDenied for people who don't answer for the organization, Stale when it is
    not handed in or already accepted, Refused from the deadline on (the database's clock) and
    when the survey is closed or another organization has succeeded it.
    """
    current = lock_response(assignment, by=by)
    state = current.state if current.state in _MAY_BE_PULLED_BACK else ""
    ensure_transition(ASSIGNMENT_TRANSITIONS, state, AssignmentState.DRAFTING, what="この回答")
    if current.succeeded_by_id is not None:
        raise Refused(SUCCEEDED)
    if not current.is_awaited:
        raise Refused(CLOSED)
    moment = database_time()
    if moment >= current.deadline:
        raise Refused(PAST_DEADLINE)
    number = current.receipt_number
    current.submissions.filter(ended_at=None).update(
        ended_at=moment, ended_by=by, end_reason=reason
    )
    Assignment.objects.filter(pk=current.pk).update(state=AssignmentState.DRAFTING, **NOT_HANDED_IN)
    record("assignment.pulled_back", current, by=by, receipt_number=number, reason=reason)
