"""Handing a response in: once, with a receipt, by the database's clock."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from onepublic.core.transitions import ensure_transition
from surveys.actions.locking import lock_answerable
from surveys.models import Assignment
from surveys.responses import load_response
from surveys.states import ASSIGNMENT_TRANSITIONS, AssignmentState

NOT_READY = "未入力又は確認が必要な項目があるため、提出できません。"
NOT_EXPLAINED = "注意の表示に理由が入力されていないため、提出できません。"


@transaction.atomic
def submit(assignment: Assignment, *, by: User) -> str:
    """Submit a complete response and return its receipt number.

    Raises Refused when the survey is closed, the response was submitted before, something is
    missing or wrong, or a warning has no reason. Two submissions at once wait for each other's
    lock: one gets the receipt, the other is refused.
    """
    current = lock_answerable(assignment, by=by)
    ensure_transition(
        ASSIGNMENT_TRANSITIONS, current.state, AssignmentState.SUBMITTED, what="この回答"
    )
    response = load_response(current)
    if not response.evaluation.ready:
        raise Refused(NOT_READY)
    if response.unexplained:
        raise Refused(NOT_EXPLAINED)
    number = receipt_number(current)
    Assignment.objects.filter(pk=current.pk).update(
        state=AssignmentState.SUBMITTED,
        submitted_at=Now(),
        submitted_by=by,
        receipt_number=number,
    )
    record("assignment.submitted", current, by=by, receipt_number=number)
    return number


def receipt_number(assignment: Assignment) -> str:
    """``2026-0012-011002``: fiscal year, survey and code of the organization."""
    survey = assignment.survey
    return f"{survey.fiscal_year}-{survey.pk:04d}-{assignment.organization.code}"
