"""More time that nobody asked for: the division gives it to many, for instance after a disaster."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import record, record_each
from onepublic.core.errors import Refused, demand
from onepublic.core.wareki import wareki
from onepublic.mail.outbox import enqueue
from surveys.actions.extensions import DECIDED_MAIL
from surveys.models import Assignment, ExtensionRequest, Survey
from surveys.people import people_asked, people_named
from surveys.permissions import may_run
from surveys.querysets import AWAITED, AssignmentQuerySet
from surveys.states import ExtensionState

GIVEN_MAIL = "survey_time_given"
PAST_DAY = "新しい期限は、今日以後の日にしてください。"


@transaction.atomic
def give_time(survey: Survey, keys: Collection[int], *, by: User, until: date, reason: str) -> int:
    """Make ``until`` the last day of responses, by primary keys; return how many.

    Passed over, so that nobody gets less time: what has that day or a later one already; also
    what was handed in meanwhile, succeeded, or takes no answers any more. A request that asks for
    no more than this is granted with it. Who deals with the responses is told, and who had
    asked. Raises PermissionDenied for people who don't run the survey, Refused for a day that is
    over or none after the survey's own.
    """
    demand(may_run(by, survey))
    rows = Assignment.objects.filter(survey=survey, pk__in=keys).counted().order_by("pk")
    locked = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    _demand_later(Survey.objects.get(pk=survey.pk), until)
    chosen = list(_in_need(locked, until))
    if chosen:
        granted = _give(chosen, by=by, until=until, reason=reason)
        _tell(survey, chosen, by=by, until=until, reason=reason)
        _tell_askers(granted, chosen)
    return len(chosen)


def _demand_later(survey: Survey, until: date) -> None:
    if until < timezone.localdate():
        raise Refused(PAST_DAY)
    if until <= survey.due_on:
        raise Refused(f"調査の期限（{wareki(survey.due_on)}）より後の日を入力してください。")


def _in_need(locked: Collection[int], until: date) -> AssignmentQuerySet:
    """Those of the locked that still owe and have to hand in earlier."""
    rows = Assignment.objects.filter(AWAITED, pk__in=locked).counted().not_submitted()
    return rows.due_before(until).order_by("pk")


def _give(
    chosen: Sequence[Assignment], *, by: User, until: date, reason: str
) -> list[ExtensionRequest]:
    """Return the requests that are granted with it."""
    Assignment.objects.filter(pk__in=[one.pk for one in chosen]).update(extended_to=until)
    waiting = ExtensionRequest.objects.waiting().filter(assignment__in=chosen, until__lte=until)
    granted = list(waiting)
    settled = {asked.assignment_id for asked in granted}
    waiting.update(
        state=ExtensionState.GRANTED, until=until, remark=reason, decided_at=Now(), decided_by=by
    )
    ExtensionRequest.objects.bulk_create(
        ExtensionRequest(
            assignment=one,
            until=until,
            reason=reason,
            state=ExtensionState.GIVEN,
            asked_by=by,
            decided_at=Now(),
            decided_by=by,
        )
        for one in chosen
        if one.pk not in settled
    )
    return granted


def _tell(
    survey: Survey, chosen: Sequence[Assignment], *, by: User, until: date, reason: str
) -> None:
    """An event of each response, and one of the survey that the mail is about."""
    day = until.isoformat()
    record_each("assignment.time_given", chosen, by=by, until=day, reason=reason)
    event = record(
        "survey.time_given", survey, by=by, until=day, reason=reason, organizations=len(chosen)
    )
    rows = Assignment.objects.filter(pk__in=[one.pk for one in chosen])
    enqueue(GIVEN_MAIL, subject_id=event.pk, people=people_asked(rows), is_first=True)


def _tell_askers(granted: Sequence[ExtensionRequest], chosen: Sequence[Assignment]) -> None:
    """Who asked may be of another division than the one that deals with the response."""
    told = people_asked(Assignment.objects.filter(pk__in=[one.pk for one in chosen]))
    for asked in granted:
        others = people_named(asked.asked_by_id).exclude(pk__in=told.values("pk"))
        enqueue(DECIDED_MAIL, subject_id=asked.pk, people=others)
