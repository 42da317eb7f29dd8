"""Calling a survey off, and taking answers again after it was closed."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.mail.outbox import cancel, enqueue
from surveys.actions.holding import ensure_may_become, hold_with_responses
from surveys.actions.opening import SURVEY_OPENED
from surveys.fingerprint import ensure_frame_unchanged
from surveys.models import Survey
from surveys.people import people_asked
from surveys.permissions import is_approver, may_cancel_survey
from surveys.states import SurveyState

CANCELLED = "survey_cancelled"
REOPENED = "survey_reopened"
NO_REASON = "中止の理由を入力してください。"
IN_THE_PAST = "新しい回答の期限は、今日以後の日にしてください。"


@transaction.atomic
def cancel_survey(survey: Survey, *, by: User, reason: str, mark: str | None = None) -> None:
    """Call it off for good. Of an open one the organizations are told by mail, unless they have
    not been told of it yet; their answers are kept.

    Raises PermissionDenied for people who don't run it, and for an open one for anybody but its
    approvers; Stale in a state that forbids it or when the page showed another (``mark``),
    Refused without a reason.
    """
    held = hold_with_responses(survey)
    demand(may_cancel_survey(by, held))
    ensure_may_become(held, SurveyState.CANCELLED)
    ensure_frame_unchanged(held, mark)
    if not reason.strip():
        raise Refused(NO_REASON)
    Survey.objects.filter(pk=held.pk).update(
        state=SurveyState.CANCELLED, cancelled_at=Now(), cancel_reason=reason
    )
    event = record("survey.cancelled", held, by=by, reason=reason)
    if held.opened_at:
        cancel([SURVEY_OPENED], subject_ids=Survey.objects.filter(pk=held.pk).values("pk"))
        asked = people_asked(held.assignments.counted())
        enqueue(CANCELLED, subject_id=event.pk, people=asked, at_once=True)


@transaction.atomic
def reopen_survey(survey: Survey, *, by: User, due_on: date) -> None:
    """Take answers again until a new day; those who have not handed in are told by mail. Nobody
    keeps an extension that would end before.

    Raises PermissionDenied for anybody but its approvers, Stale unless it is closed, Refused for
    a day that has passed.
    """
    held = hold_with_responses(survey)
    demand(is_approver(by, held))
    ensure_may_become(held, SurveyState.OPEN)
    if due_on < timezone.localdate():
        raise Refused(IN_THE_PAST)
    Survey.objects.filter(pk=held.pk).update(state=SurveyState.OPEN, closed_at=None, due_on=due_on)
    held.assignments.filter(extended_to__lt=due_on).update(extended_to=None)
    event = record("survey.reopened", held, by=by, due_on=due_on.isoformat())
    owing = people_asked(held.assignments.counted().not_submitted())
    enqueue(REOPENED, subject_id=event.pk, people=owing)
