"""The lock under which a response changes."""

from accounts.models import User
from onepublic.core.clock import database_time
from onepublic.core.errors import Refused, demand
from onepublic.core.sql import lock_row
from surveys.models import Assignment
from surveys.permissions import may_answer
from surveys.states import AssignmentState
from surveys.wholes import Whole, read_whole

HANDED_IN = "この調査は提出済みのため、回答を変更できません。"
SUCCEEDED = "この団体の回答は、承継した団体に引き継がれたため、変更できません。"
CLOSED = "この調査は受付を終了しているため、回答を変更できません。"
TOO_LATE = "回答期限を過ぎたため、入力と提出はできません。実施する課室にお問い合わせください。"
AWAITING = (
    "この回答は決裁を待っているため、変更できません。決裁の依頼を取り下げると、変更できます。"
)


def lock_response(assignment: Assignment, *, by: User) -> Assignment:
    """The assignment, locked until the transaction ends and read anew after the lock.

    Raises PermissionDenied for people who don't answer for its organization, or no more: a proxy
    is ended under this lock, too. Lock and reading are
    two statements: one that waits for the lock would still see the survey as it was before.
    """
    lock_row(Assignment, assignment.pk)
    current = Assignment.objects.with_survey().get(pk=assignment.pk)
    demand(may_answer(by, current))
    return current


def lock_unfinished(assignment: Assignment, *, by: User) -> Assignment:
    """The same for what is not handed in; raises Refused when it was, and when the survey takes
    no answers any more.
    """
    current = lock_response(assignment, by=by)
    _demand_unfinished(current)
    return current


def lock_answerable(assignment: Assignment, *, by: User) -> Assignment:
    """The same for writing: also raises Refused while the response waits for its approval."""
    current = lock_response(assignment, by=by)
    _demand_answerable(current)
    return current


def lock_whole(assignment: Assignment, *, by: User) -> Whole:
    """The same with everything that is stored of the response, for writing answers."""
    lock_row(Assignment, assignment.pk)
    whole = read_whole(assignment.pk)
    demand(may_answer(by, whole.assignment))
    _demand_answerable(whole.assignment)
    return whole


def _demand_unfinished(current: Assignment) -> None:
    if current.succeeded_by_id is not None:
        raise Refused(SUCCEEDED)
    if current.is_handed_in:
        raise Refused(HANDED_IN)
    if not current.is_awaited:
        raise Refused(CLOSED)
    if not current.takes_late and current.is_refused_at(database_time()):
        raise Refused(TOO_LATE)


def _demand_answerable(current: Assignment) -> None:
    _demand_unfinished(current)
    if current.state == AssignmentState.AWAITING_APPROVAL:
        raise Refused(AWAITING)
