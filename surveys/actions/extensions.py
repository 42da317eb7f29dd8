"""More time: asked for by an organization, decided by the division that runs the survey."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record, record_each
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.wareki import wareki
from onepublic.mail.outbox import enqueue
from surveys.actions.locking import CLOSED, HANDED_IN, SUCCEEDED, lock_response
from surveys.exchange import ExtensionQuerySet
from surveys.models import Assignment, ExtensionRequest, Survey
from surveys.people import people_named, writers_of
from surveys.permissions import is_own_writer, may_run
from surveys.states import ExtensionState

ASKED_MAIL = "extension_asked"
DECIDED_MAIL = "extension_decided"
ONE_AT_A_TIME = "すでに申請中です。申請を取り下げると、あらためて申請できます。"
OVERTAKEN = "この申請は、すでに決定又は取下げになっています。画面を開き直してください。"
NO_LATER = (
    "選んだ申請に、現在の期限より後の日とならないものがあります。"
    "その申請を除くか、期限とする日を改めてください。"
)


@transaction.atomic
def ask_extension(
    assignment: Assignment, *, by: User, until: date, reason: str
) -> ExtensionRequest:
    """Ask for time until the end of a day after the present deadline; the division is told.

    Raises PermissionDenied for people who don't answer for the organization, Refused for an
    earlier day, while a request waits, when it is handed in, has been succeeded, and when the
    survey is closed, unless this one was given back since.
    """
    current = lock_response(assignment, by=by)
    demand(is_own_writer(by, current))
    if current.is_handed_in:
        raise Refused(HANDED_IN)
    if current.succeeded_by_id is not None:
        raise Refused(SUCCEEDED)
    if not current.is_awaited:
        raise Refused(CLOSED)
    if until <= current.due_on:
        raise Refused(f"現在の期限（{wareki(current.due_on)}）より後の日を入力してください。")
    if current.extension_requests.waiting().exists():
        raise Refused(ONE_AT_A_TIME)
    asked = current.extension_requests.create(until=until, reason=reason, asked_by=by)
    record("assignment.extension_asked", current, by=by, until=until.isoformat(), reason=reason)
    enqueue(ASKED_MAIL, subject_id=asked.pk, people=writers_of(current.survey.division))
    return asked


@transaction.atomic
def withdraw_extension(asked: ExtensionRequest, *, by: User) -> None:
    """Take a request back before it is decided.

    Raises PermissionDenied for people who don't answer for the organization, Stale when it does
    not wait any more.
    """
    current = lock_response(asked.assignment, by=by)
    demand(is_own_writer(by, current))
    waiting = current.extension_requests.waiting().filter(pk=asked.pk)
    if not waiting.update(state=ExtensionState.WITHDRAWN, decided_at=Now(), decided_by=by):
        raise Stale(OVERTAKEN)
    record("assignment.extension_withdrawn", current, by=by)


@transaction.atomic
def decide_extensions(
    survey: Survey,
    requests: Collection[int],
    *,
    by: User,
    granted: bool,
    until: date | None = None,
    remark: str = "",
) -> int:
    """Grant or refuse waiting requests by their keys; return how many. Those decided or withdrawn
    meanwhile are passed over.

    Granted is what each asked for, or one day for all (``until``). Each asker is told. Raises
    PermissionDenied for people who don't run the survey, Refused when it is closed for one of
    them, or when the day is none after the survey's deadline or would grant anyone less time.
    """
    demand(may_run(by, survey))
    chosen = ExtensionRequest.objects.filter(pk__in=requests, assignment__survey=survey)
    held = _lock(chosen)
    current = Survey.objects.get(pk=survey.pk)
    if until and until <= current.due_on:
        raise Refused(f"調査の期限（{wareki(current.due_on)}）より後の日を入力してください。")
    waiting = list(
        chosen.waiting().filter(assignment__in=held).select_related("assignment__survey")
    )
    _demand_decidable(waiting, granted=granted, until=until)
    _decide(waiting, by=by, granted=granted, until=until, remark=remark)
    return len(waiting)


def _demand_decidable(
    waiting: list[ExtensionRequest], *, granted: bool, until: date | None
) -> None:
    if not all(asked.assignment.is_awaited for asked in waiting):
        raise Refused(CLOSED)
    if granted and any((until or asked.until) <= asked.assignment.due_on for asked in waiting):
        raise Refused(NO_LATER)


def _lock(chosen: ExtensionQuerySet) -> list[int]:
    """Hold the assignments in the order of their keys, as every other lock does."""
    rows = Assignment.objects.filter(pk__in=chosen.values("assignment")).order_by("pk")
    return list(rows.select_for_update().values_list("pk", flat=True))


def _decide(
    waiting: list[ExtensionRequest], *, by: User, granted: bool, until: date | None, remark: str
) -> None:
    rows = ExtensionRequest.objects.filter(pk__in=[asked.pk for asked in waiting])
    changed = {"until": until} if granted and until else {}
    rows.update(
        state=ExtensionState.GRANTED if granted else ExtensionState.REFUSED,
        decided_at=Now(),
        decided_by=by,
        remark=remark,
        **changed,
    )
    assignments = [asked.assignment for asked in waiting]
    if granted:
        day = rows.filter(assignment=OuterRef("pk")).values("until")
        Assignment.objects.filter(pk__in=[one.pk for one in assignments]).update(
            extended_to=Subquery(day)
        )
    verb = "granted" if granted else "refused"
    record_each(f"assignment.extension_{verb}", assignments, by=by, remark=remark)
    for asked in waiting:
        enqueue(DECIDED_MAIL, subject_id=asked.pk, people=people_named(asked.asked_by_id))
