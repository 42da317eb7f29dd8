"""Handing a response in: once, with a receipt, by the database's clock."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.clock import database_time
from onepublic.core.errors import Refused, demand
from onepublic.core.transitions import ensure_transition
from onepublic.files.models import StoredFile
from onepublic.mail.outbox import enqueue
from surveys.actions.locking import lock_answerable, lock_unfinished
from surveys.actions.remarks import settle_answered
from surveys.models import Answer, Assignment, Submission
from surveys.permissions import may_approve, proxy_of
from surveys.quarantine import what_is_held
from surveys.responses import Response, load_response
from surveys.states import ASSIGNMENT_TRANSITIONS, AssignmentState, ExtensionState

APPROVED_MAIL = "response_approved"
NOT_READY = "未入力又は確認が必要な項目があるため、提出できません。"
NOT_CONFIRMED = "前回の値のままの項目が確認されていないため、提出できません。"
NOT_EXPLAINED = "注意の表示に理由が入力されていないため、提出できません。"
APPROVAL_NEEDED = "貴機関では、回答の提出に決裁が必要です。確認画面から決裁を求めてください。"
OWN_REQUEST = "決裁を求めた人は、その回答を決裁できません。別の決裁者に依頼してください。"


@transaction.atomic
def submit(assignment: Assignment, *, by: User) -> str:
    """Submit a complete response and return its receipt number.

    Where the organization wants an approval, an approver who did not ask for it submits what
    waits for it, as asked: the answers, or that nothing applies. Raises PermissionDenied for
    others, Refused when the survey is closed or takes nothing late, the response was submitted
    before, something is missing, wrong or in quarantine, or a warning has no reason. Two
    submissions at once wait for each other's lock: one gets the receipt, the other is refused.
    """
    current = lock_unfinished(assignment, by=by)
    if current.state == AssignmentState.AWAITING_APPROVAL:
        _demand_other_approver(current, by=by)
        return hand_in(current, by=by, reason=current.not_applicable_reason)
    demand_free_to_hand_in(current, by=by)
    return hand_in(current, by=by)


@transaction.atomic
def declare_not_applicable(assignment: Assignment, *, by: User, reason: str) -> str:
    """Hand in, in place of answers, that nothing of the survey applies; return the receipt number.

    Raises PermissionDenied and Refused as :func:`submit` does, except for what is not answered.
    """
    current = lock_answerable(assignment, by=by)
    demand_free_to_hand_in(current, by=by)
    return hand_in(current, by=by, reason=reason)


def hand_in(assignment: Assignment, *, by: User, reason: str = "") -> str:
    """Hand in a locked response: its answers or, with a ``reason``, that nothing applies."""
    state = AssignmentState.NOT_APPLICABLE if reason else AssignmentState.SUBMITTED
    ensure_transition(ASSIGNMENT_TRANSITIONS, assignment.state, state, what="この回答")
    response = load_response(assignment)
    if not reason:
        demand_complete(response)
    submission = _keep(response, by=by, reason=reason, moment=database_time())
    Assignment.objects.filter(pk=assignment.pk).update(
        state=state,
        submitted_at=submission.submitted_at,
        submitted_by=by,
        receipt_number=submission.receipt_number,
        not_applicable_reason=reason,
    )
    settle_answered(assignment, by=by)
    _end_extension_request(assignment, submission)
    _end_proxy(assignment, submission)
    event = record(f"assignment.{state}", assignment, by=by, receipt_number=str(submission))
    if submission.requested_by_id:
        asker = User.objects.filter(pk=submission.requested_by_id, is_active=True)
        enqueue(APPROVED_MAIL, subject_id=event.pk, people=asker)
    return submission.receipt_number


def demand_complete(response: Response) -> None:
    """Raises Refused while something is missing, wrong, unconfirmed, unexplained or held."""
    if not response.evaluation.ready:
        raise Refused(NOT_READY)
    if response.unconfirmed:
        raise Refused(NOT_CONFIRMED)
    if response.unexplained:
        raise Refused(NOT_EXPLAINED)
    if held := what_is_held(response.assignment, response.evaluation.visible_fields):
        raise Refused("".join(held))


def demand_free_to_hand_in(assignment: Assignment, *, by: User) -> None:
    """Raises Refused where the organization wants an approval first. A prefecture that writes by
    proxy needs none, but the organization's consent: without it PermissionDenied.
    """
    if proxy := proxy_of(by, assignment):
        demand(proxy.may_submit)
    elif assignment.organization.answers_need_approval:
        raise Refused(APPROVAL_NEEDED)


def receipt_number(assignment: Assignment, number: int = 1) -> str:
    """``2026-0012-011002``: fiscal year, survey, organization; from the second on with ``-2``."""
    survey = assignment.survey
    first = f"{survey.fiscal_year}-{survey.pk:04d}-{assignment.organization.code}"
    return first if number == 1 else f"{first}-{number}"


def _end_extension_request(assignment: Assignment, submission: Submission) -> None:
    """Whoever has handed in needs no more time."""
    assignment.extension_requests.waiting().update(
        state=ExtensionState.WITHDRAWN,
        decided_at=submission.submitted_at,
        decided_by=submission.submitted_by,
    )


def _end_proxy(assignment: Assignment, submission: Submission) -> None:
    """A consent goes as far as the next handing in, whoever does it."""
    by = submission.submitted_by
    assignment.proxy_entries.in_force().update(
        ended_at=submission.submitted_at,
        ended_by=by,
        submission=submission if proxy_of(by, assignment) else None,
    )


def _demand_other_approver(assignment: Assignment, *, by: User) -> None:
    demand(may_approve(by, assignment))
    if assignment.requested_by_id == by.pk:
        raise Refused(OWN_REQUEST)


def _keep(response: Response, *, by: User, reason: str, moment: datetime) -> Submission:
    assignment = response.assignment
    asked = assignment.state == AssignmentState.AWAITING_APPROVAL
    number = assignment.submissions.count() + 1
    submission = Submission.objects.create(
        assignment=assignment,
        number=number,
        receipt_number=receipt_number(assignment, number),
        submitted_at=moment,
        submitted_by=by,
        requested_at=assignment.requested_at if asked else None,
        requested_by_id=assignment.requested_by_id if asked else None,
        deadline=assignment.deadline,
        revision_id=assignment.revision_id,
        values=response.values,
        reasons={rule: given.reason for rule, given in response.reasons.items()},
        not_applicable_reason=reason,
    )
    attached = Answer.objects.filter(assignment=assignment).values("files")
    submission.files.set(StoredFile.objects.filter(pk__in=attached))
    return submission
