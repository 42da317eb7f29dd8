"""A prefecture checks what its municipalities handed in: gives it back, or confirms it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organization, User
from onepublic.audit.models import record_each
from onepublic.core.clock import database_time
from onepublic.core.errors import Refused, demand
from onepublic.core.sql import lock_row
from onepublic.core.transitions import ensure_transition
from onepublic.core.wareki import wareki
from surveys.actions.giving_back import give_back_held
from surveys.actions.locking import CLOSED, SUCCEEDED
from surveys.models import Assignment, Survey
from surveys.prefecture_rights import following_prefecture, may_check, may_check_survey
from surveys.prefectures import CHECKABLE_STATES, WAITING
from surveys.states import ASSIGNMENT_TRANSITIONS, AssignmentState, Stage, SurveyState

PAST_DEADLINE = (
    "回答期限を過ぎたため、都道府県からは差し戻せません。"
    "直すところがあるときは、実施する課室に連絡してください。"
)
CANCELLED = "この調査は中止されているため、確認できません。"
NO_SUCH_DAY = "直す期限は、今日から回答期限（{}）までの日を入力してください。"


@transaction.atomic
def return_to_municipality(
    assignment: Assignment,
    *,
    by: User,
    reason: str,
    remarks: Mapping[str, str],
    until: date | None = None,
) -> None:
    """Give a response back with a reason, ``{question id: remark}`` and, if any, the day by which
    the prefecture wants it mended. Who works on it is told.

    Raises PermissionDenied for others than the prefecture's drafters and approvers in a survey
    that prefectures check; Stale when it is not handed in or the ministry has accepted it;
    Refused when the survey is closed, from the ministry's deadline on (the database's clock),
    and for a day after that deadline.
    """
    current = _lock(assignment, by=by)
    state = current.state if current.state in CHECKABLE_STATES else ""
    ensure_transition(ASSIGNMENT_TRANSITIONS, state, AssignmentState.RETURNED, what="この回答")
    _demand_returnable(current, database_time(), until)
    whole = f"{reason}\n直す期限：{wareki(until)}" if until else reason
    give_back_held(
        [current], by=by, stage=Stage.PREFECTURE, reason=whole, until=None, remarks=remarks
    )


@transaction.atomic
def confirm_responses(
    survey: Survey,
    *,
    by: User,
    prefecture: Organization | None = None,
    receipts: Collection[str] | None = None,
    before: datetime | None = None,
) -> int:
    """Confirm, for the ministry, what a prefecture has checked; return how many. ``prefecture``:
    for which the person acts, who may leave it out when there is but one.

    Named by their ``receipts``, or all that were handed in ``before`` a moment: what the page did
    not show, since it was handed in anew, is never confirmed unread. What was pulled back,
    confirmed or accepted meanwhile is passed over. Raises PermissionDenied for others than the
    prefecture's drafters and approvers in a survey that prefectures check, Refused for a survey
    that was called off.
    """
    own = following_prefecture(by, survey, prefecture)
    demand(may_check_survey(by, survey, own))
    named = Q(submitted_at__lte=before) if receipts is None else Q(receipt_number__in=receipts)
    waiting = Assignment.objects.counted().filter(
        WAITING, named, survey=survey, organization__prefecture=own
    )
    held = list(waiting.order_by("pk").select_for_update(of=("self",)))
    if Survey.objects.get(pk=survey.pk).state == SurveyState.CANCELLED:
        raise Refused(CANCELLED)
    rows = Assignment.objects.filter(pk__in=[one.pk for one in held])
    rows.update(confirmed_at=Now(), confirmed_by=by)
    record_each("assignment.confirmed", held, by=by)
    return len(held)


def _lock(assignment: Assignment, *, by: User) -> Assignment:
    lock_row(Assignment, assignment.pk)
    current = Assignment.objects.with_survey().get(pk=assignment.pk)
    demand(may_check(by, current))
    return current


def _demand_returnable(assignment: Assignment, moment: datetime, until: date | None) -> None:
    if assignment.succeeded_by_id is not None:
        raise Refused(SUCCEEDED)
    if not assignment.is_awaited:
        raise Refused(CLOSED)
    if moment >= assignment.deadline:
        raise Refused(PAST_DEADLINE)
    if until and not timezone.localdate(moment) <= until <= assignment.due_on:
        raise Refused(NO_SUCH_DAY.format(wareki(assignment.due_on)))
