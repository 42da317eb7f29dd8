"""Between drafter and approver: asking for approval, giving back, deciding that it opens."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.clock import database_time
from onepublic.core.errors import Refused, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import ensure_in, ensure_may_become, give_back, hold
from surveys.actions.opening import ask_everybody
from surveys.fingerprint import ensure_unchanged
from surveys.models import Survey
from surveys.people import approvers_of, people_named
from surveys.permissions import is_approver, is_drafter, is_second_person, may_run
from surveys.readiness import ensure_openable
from surveys.states import SurveyState

APPROVAL_ASKED = "survey_approval_asked"
RETURNED = "survey_returned"
SCHEDULE_CANCELLED = "受付開始の予約を取り消しました。"


@transaction.atomic
def ask_for_approval(survey: Survey, *, by: User, mark: str | None = None) -> None:
    """Send the draft to the division's approvers, who are told by mail.

    Raises PermissionDenied for anybody but its drafters, Stale in another state or when the page
    showed something else (``mark``), Refused with all that forbids opening it.
    """
    held = hold(survey)
    demand(is_drafter(by, held))
    ensure_may_become(held, SurveyState.IN_REVIEW)
    ensure_unchanged(held, mark)
    ensure_openable(held)
    held.state, held.submitted_by, held.return_reason = SurveyState.IN_REVIEW, by, ""
    held.save(update_fields=["state", "submitted_by", "return_reason"])
    event = record("survey.submitted", held, by=by)
    people = approvers_of(held.division).exclude(pk=by.pk)
    enqueue(APPROVAL_ASKED, subject_id=event.pk, people=people)


@transaction.atomic
def withdraw_request(survey: Survey, *, by: User) -> None:
    """Take the draft back to go on writing.

    Raises PermissionDenied for anybody but its drafters, Stale when it doesn't wait any more.
    """
    held = hold(survey)
    demand(is_drafter(by, held))
    ensure_may_become(held, SurveyState.DRAFT)
    held.state = SurveyState.DRAFT
    held.save(update_fields=["state"])
    record("survey.request_withdrawn", held, by=by)


@transaction.atomic
def return_survey(survey: Survey, *, by: User, reason: str) -> None:
    """Give it back with a reason of at most 1,000 characters; its drafter is told.

    Raises PermissionDenied for anybody but the division's approvers, Stale unless it waits for
    its approval, Refused without a reason.
    """
    held = hold(survey)
    demand(is_approver(by, held))
    ensure_in(held, SurveyState.IN_REVIEW)
    if not reason.strip():
        raise Refused("差戻しの理由を入力してください。")
    give_back(held, reason)
    event = record("survey.returned", held, by=by, reason=reason)
    enqueue(RETURNED, subject_id=event.pk, people=people_named(held.submitted_by_id))


@transaction.atomic
def approve(survey: Survey, *, by: User, mark: str | None = None) -> int | None:
    """Decide that it opens: now when its day has come, and then return how many were asked;
    otherwise the clock opens it on that day, and None is returned.

    Raises PermissionDenied for anybody but an approver without a hand in it, Stale in another
    state or when the page showed something else (``mark``), Refused with all that forbids
    opening it.
    """
    held = hold(survey)
    demand(is_second_person(by, held))
    opens_now = held.opens_on <= timezone.localdate(database_time())
    ensure_in(held, SurveyState.IN_REVIEW)
    ensure_unchanged(held, mark)
    ensure_openable(held)
    held.approved_by = by
    held.state = held.state if opens_now else SurveyState.SCHEDULED
    held.save(update_fields=["state", "approved_by"])
    record("survey.approved", held, by=by, opens_on=held.opens_on.isoformat())
    return ask_everybody(held, by=by) if opens_now else None


@transaction.atomic
def cancel_schedule(survey: Survey, *, by: User) -> None:
    """Keep it from opening at its day; it goes back to its drafters.

    Raises PermissionDenied for people who don't run it, Stale when it is not scheduled, or open.
    """
    held = hold(survey)
    demand(may_run(by, held))
    ensure_in(held, SurveyState.SCHEDULED)
    give_back(held, SCHEDULE_CANCELLED)
    record("survey.schedule_cancelled", held, by=by)
