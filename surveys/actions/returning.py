"""Giving back the responses that a revision of the questionnaire touches."""

from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record_each
from surveys.models import Assignment, Remark, Submission, Survey
from surveys.models.assignments import NOT_HANDED_IN
from surveys.models.surveys import end_of
from surveys.revision_effects import Effects
from surveys.states import AssignmentState, Stage

REVISED = "調査票の改訂"
MOST_TEXT = 1000
_HANDED_IN = (AssignmentState.SUBMITTED, AssignmentState.ACCEPTED)
_GIVEN_BACK = {
    AssignmentState.SUBMITTED: AssignmentState.RETURNED,
    AssignmentState.ACCEPTED: AssignmentState.RETURNED,
    AssignmentState.AWAITING_APPROVAL: AssignmentState.RETURNED_INSIDE,
}


def return_touched(
    survey: Survey, effects: Effects, *, by: User, until: date | None, reason: str
) -> int:
    """Write a remark for every harmful change into each response that it touches, and give back
    what was handed in or waits for its approval; return how many were handed in.

    The responses must be locked. ``until`` extends the deadline of those that were handed in and
    would have to be handed in earlier.
    """
    touched = list(survey.assignments.filter(pk__in=effects.touched))
    handed_in = [one for one in touched if one.state in _HANDED_IN]
    _end_submissions(handed_in, by=by, reason=reason)  # the next ones answer what is said here
    _remark(effects, by=by)
    for state, target in _GIVEN_BACK.items():
        _give_back([one for one in touched if one.state == state], target)
    _extend(handed_in, until)
    record_each("assignment.returned_by_revision", handed_in, by=by, reason=reason)
    return len(handed_in)


def _remark(effects: Effects, *, by: User) -> None:
    """At the question, or at the whole when it is asked no longer."""
    Remark.objects.bulk_create(
        Remark(
            assignment_id=assignment_id,
            question_id=asked if (asked := effect.change.question_id) in effects.questions else "",
            stage=Stage.MINISTRY,
            text=f"{REVISED}：{effect.change.label}　{effect.change.text}"[:MOST_TEXT],
            written_by=by,
        )
        for effect in effects.harmful
        for assignment_id in sorted(effect.assignments)
    )


def _give_back(assignments: Iterable[Assignment], target: str) -> None:
    rows = Assignment.objects.filter(pk__in=[one.pk for one in assignments])
    rows.update(state=target, **NOT_HANDED_IN)


def _end_submissions(assignments: Iterable[Assignment], *, by: User, reason: str) -> None:
    in_force = Submission.objects.filter(
        assignment__in=[one.pk for one in assignments], ended_at__isnull=True
    )
    in_force.update(ended_at=Now(), ended_by=by, end_reason=f"{REVISED}：{reason}"[:MOST_TEXT])


def _extend(assignments: Iterable[Assignment], until: date | None) -> None:
    if until is None:
        return
    earlier = [one.pk for one in assignments if one.deadline < end_of(until)]
    Assignment.objects.filter(pk__in=earlier).update(extended_to=until)
