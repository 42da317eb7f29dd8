"""Giving responses back for mending: by the ministry, or by the prefecture before it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import record_each
from onepublic.core.errors import Refused, demand
from onepublic.mail.outbox import enqueue
from surveys.models import Assignment, ProxyEntry, Remark, Submission, Survey
from surveys.models.assignments import NOT_HANDED_IN
from surveys.models.surveys import end_of
from surveys.people import people_asked, people_named
from surveys.permissions import may_run
from surveys.responses import questionnaire_of
from surveys.states import AssignmentState, Stage, SurveyState

RETURNED_MAIL = "response_returned"
RETURNED_TO_PROXY_MAIL = "response_returned_to_proxy"
PAST_DAY = "新しい期限は、今日以後の日にしてください。"
NEEDS_DAY = "期限を過ぎた回答があります。直して提出する期限を入力してください。"
NOT_RUNNING = "中止した調査の回答は、差し戻せません。"


@transaction.atomic
def return_responses(
    survey: Survey,
    keys: Collection[int],
    *,
    by: User,
    reason: str,
    until: date | None = None,
    remarks: Mapping[str, str] | None = None,
) -> int:
    """The ministry gives back what was handed in, by primary keys; return how many.

    ``remarks`` by question id go to each. What was pulled back, returned or succeeded meanwhile is
    passed over. Raises PermissionDenied for people who don't run the survey, and Refused as
    :func:`give_back_held` does.
    """
    demand(may_run(by, survey))
    chosen = _lock(survey, keys)
    give_back_held(
        chosen, by=by, stage=Stage.MINISTRY, reason=reason, until=until, remarks=remarks or {}
    )
    return len(chosen)


def give_back_held(
    chosen: Sequence[Assignment],
    *,
    by: User,
    stage: Stage,
    reason: str,
    until: date | None,
    remarks: Mapping[str, str],
) -> None:
    """Give back locked responses that are handed in: a remark on the whole, and on questions.

    ``until`` becomes the deadline of those that would have to be handed in earlier. One whose
    survey is closed is open for itself until then. Who works on each is told by mail; who handed
    it in by proxy, whose consent went as far as that, is told where a new one is recorded. Raises
    Refused for a day in the past, and without a day when there is no time left.
    """
    _demand_time(chosen, until)
    proxied = set(
        ProxyEntry.objects.of_submissions_in_force(chosen).values_list("assignment", flat=True)
    )
    _end_submissions(chosen, by=by, reason=reason)  # what is said afterwards, the next one answers
    _remark(chosen, by=by, stage=stage, said={"": reason} | dict(remarks))
    workers = {one.pk: (one.submitted_by_id, one.requested_by_id) for one in chosen}
    _reopen(chosen, until)
    detail = {"reason": reason, "stage": str(stage), "until": until.isoformat() if until else None}
    for event in record_each("assignment.returned", chosen, by=by, **detail):
        submitter, asker = workers[event.target_id]
        people = people_asked(Assignment.objects.filter(pk=event.target_id)) | people_named(asker)
        if event.target_id in proxied:
            enqueue(RETURNED_TO_PROXY_MAIL, subject_id=event.pk, people=people_named(submitter))
        else:
            people |= people_named(submitter)
        enqueue(RETURNED_MAIL, subject_id=event.pk, people=people)


def _lock(survey: Survey, keys: Collection[int]) -> list[Assignment]:
    """Those that are handed in, locked in the order of their keys and read anew."""
    rows = Assignment.objects.counted().filter(survey=survey, pk__in=keys)
    held = list(rows.submitted().order_by("pk").select_for_update().values_list("pk", flat=True))
    again = Assignment.objects.counted().submitted().filter(pk__in=held)
    return list(again.select_related("survey", "revision").order_by("pk"))


def _demand_time(chosen: Sequence[Assignment], until: date | None) -> None:
    if any(one.survey.state == SurveyState.CANCELLED for one in chosen):
        raise Refused(NOT_RUNNING)
    if until is not None and until < timezone.localdate():
        raise Refused(PAST_DAY)
    if until is None and any(_needs_day(one) for one in chosen):
        raise Refused(NEEDS_DAY)


def _needs_day(one: Assignment) -> bool:
    """Whether nothing that was mended could be handed in any more."""
    takes_late = one.survey.accepts_late and one.survey.state == SurveyState.OPEN
    return one.deadline <= timezone.now() and not takes_late


def _remark(
    chosen: Sequence[Assignment], *, by: User, stage: Stage, said: Mapping[str, str]
) -> None:
    """The words at each question that the response's questionnaire has."""
    Remark.objects.bulk_create(
        Remark(assignment=one, question_id=key, stage=stage, text=text.strip(), written_by=by)
        for one in chosen
        for key, text in said.items()
        if text.strip() and (key == "" or key in questionnaire_of(one.revision).questions_by_id)
    )


def _end_submissions(chosen: Sequence[Assignment], *, by: User, reason: str) -> None:
    in_force = Submission.objects.filter(
        assignment__in=[one.pk for one in chosen], ended_at__isnull=True
    )
    in_force.update(ended_at=Now(), ended_by=by, end_reason=reason)


def _reopen(chosen: Sequence[Assignment], until: date | None) -> None:
    keys = [one.pk for one in chosen]
    rows = Assignment.objects.filter(pk__in=keys)
    rows.update(state=AssignmentState.RETURNED, **NOT_HANDED_IN)
    closed = [one.pk for one in chosen if one.survey.state == SurveyState.CLOSED]
    rows.filter(pk__in=closed).update(reopened_at=Now())
    if until is not None:
        earlier = [one.pk for one in chosen if one.deadline < end_of(until)]
        rows.filter(pk__in=earlier).update(extended_to=until)
