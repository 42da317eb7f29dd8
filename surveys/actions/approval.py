"""Approval (決裁) inside the organization: asked for, given back, withdrawn.

Giving it is :func:`surveys.actions.submission.submit` by another person.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Membership, Organization, User
from accounts.querysets import MembershipQuerySet
from accounts.states import Role
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.transitions import ensure_transition
from onepublic.mail.outbox import enqueue
from surveys.actions.locking import lock_answerable, lock_unfinished
from surveys.actions.remarks import settle_inside
from surveys.actions.submission import OWN_REQUEST, demand_complete
from surveys.models import Assignment, Remark
from surveys.permissions import is_own_writer, may_approve
from surveys.responses import load_response, questionnaire_of
from surveys.states import ASSIGNMENT_TRANSITIONS, AssignmentState, Stage

ASKED_MAIL = "response_approval_asked"
RETURNED_MAIL = "response_returned_inside"
NOT_NEEDED = "貴機関では、回答の提出に決裁を要しません。確認画面から提出してください。"
NO_APPROVER = "貴機関に、ほかの決裁者がいません。機関管理者に、決裁者の登録を依頼してください。"


@transaction.atomic
def request_approval(assignment: Assignment, *, by: User, reason: str = "") -> None:
    """Let a complete response, or with a ``reason`` that nothing applies, wait for its approval.

    The organization's other approvers are told; what approvers had remarked counts as dealt with.
    Raises Refused where no approval is needed or nobody else could give it, and as submitting does.
    """
    current = lock_answerable(assignment, by=by)
    demand(is_own_writer(by, current))
    _ensure(current, AssignmentState.AWAITING_APPROVAL)
    if not current.organization.answers_need_approval:
        raise Refused(NOT_NEEDED)
    approvers = User.objects.among(approving_places(current.organization)).exclude(pk=by.pk)
    if not approvers.exists():
        raise Refused(NO_APPROVER)
    if not reason:
        demand_complete(load_response(current))
    Assignment.objects.filter(pk=current.pk).update(
        state=AssignmentState.AWAITING_APPROVAL,
        requested_at=Now(),
        requested_by=by,
        not_applicable_reason=reason,
    )
    settle_inside(current, by=by)
    event = record("assignment.approval_requested", current, by=by, not_applicable=bool(reason))
    enqueue(ASKED_MAIL, subject_id=event.pk, people=approvers)


@transaction.atomic
def withdraw_approval_request(assignment: Assignment, *, by: User) -> None:
    """Go on writing what waits for its approval.

    Raises PermissionDenied for people who don't answer for the organization, Refused when the
    survey takes no answers, Stale when it waits no longer.
    """
    current = lock_unfinished(assignment, by=by)
    _demand_waiting(current, AssignmentState.DRAFTING)
    Assignment.objects.filter(pk=current.pk).update(state=AssignmentState.DRAFTING)
    record("assignment.approval_withdrawn", current, by=by)


@transaction.atomic
def return_inside(
    assignment: Assignment, *, by: User, reason: str, remarks: Mapping[str, str]
) -> None:
    """Give the response back to who asked, with a reason and ``{question id: remark}``.

    Remarks on questions that the questionnaire does not have are passed over. Raises
    PermissionDenied for others than approvers, Refused for who asked for the approval and when
    the survey takes no answers, Stale when it waits no longer.
    """
    current = lock_unfinished(assignment, by=by)
    demand(may_approve(by, current))
    _demand_waiting(current, AssignmentState.RETURNED_INSIDE)
    if current.requested_by_id == by.pk:
        raise Refused(OWN_REQUEST)
    known = {question.id for question in questionnaire_of(current.revision).questions}
    said = {"": reason} | {q: text for q, text in remarks.items() if text and q in known}
    Remark.objects.bulk_create(
        Remark(assignment=current, question_id=q, stage=Stage.INSIDE, text=text, written_by=by)
        for q, text in said.items()
    )
    Assignment.objects.filter(pk=current.pk).update(state=AssignmentState.RETURNED_INSIDE)
    event = record("assignment.returned_inside", current, by=by, reason=reason, remarks=len(said))
    asker = User.objects.filter(pk=current.requested_by_id, is_active=True)
    enqueue(RETURNED_MAIL, subject_id=event.pk, people=asker)


def approving_places(organization: Organization) -> MembershipQuerySet:
    """Today's places of those who may approve for the organization."""
    places: MembershipQuerySet = Membership.objects.active().filter(
        division__organization=organization, roles__contains=[Role.APPROVER]
    )
    return places


def _demand_waiting(assignment: Assignment, target: AssignmentState) -> None:
    """Raises Stale unless it waits for its approval and may go on to ``target``."""
    waiting = AssignmentState.AWAITING_APPROVAL
    current = assignment.state if assignment.state == waiting else ""
    ensure_transition(ASSIGNMENT_TRANSITIONS, current, target, what="この回答")


def _ensure(assignment: Assignment, target: AssignmentState) -> None:
    ensure_transition(ASSIGNMENT_TRANSITIONS, assignment.state, target, what="この回答")
