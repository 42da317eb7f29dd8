"""Requests for more time that nobody decided: they end with what they were asked for."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models.functions import Now

from onepublic.audit.models import record_each
from onepublic.mail.outbox import enqueue
from surveys.actions.extensions import DECIDED_MAIL
from surveys.exchange import ExtensionQuerySet
from surveys.models import Assignment, ExtensionRequest, Survey
from surveys.people import people_named, writers_of
from surveys.querysets import DAYS_TO_DECIDE
from surveys.states import ExtensionState

LAPSED_MAIL: Final = "extensions_lapsed"
UNDECIDED: Final = (
    f"期限から{DAYS_TO_DECIDE}日以内に決定がなかったため、受付の終了とともに不承認となりました。"
)
CLOSED_BY_HAND: Final = "決定の前に受付が終了したため、不承認となりました。"
TAKEN_OVER: Final = (
    "団体の合併などにより回答が引き継がれたため、この申請は決定されません。"
    "必要なときは、承継した団体から申請してください。"
)


def refuse_undecided(survey: Survey, *, reason: str, moment: datetime | None = None) -> None:
    """Of a survey that closes, whose responses are held, refuse what still waits with a reason;
    the askers are told, and the division, which can't decide it any more.
    """
    waiting = ExtensionRequest.objects.waiting().filter(assignment__survey=survey)
    ended = _end(waiting, ExtensionState.REFUSED, reason, moment)
    for request in ended:
        enqueue(DECIDED_MAIL, subject_id=request.pk, people=people_named(request.asked_by_id))
    if ended:
        enqueue(LAPSED_MAIL, subject_id=ended[0].pk, people=writers_of(survey.division))


def drop_of_succeeded(assignments: Collection[Assignment]) -> None:
    """Withdraw what waits for responses that a successor takes over: nobody can use the time."""
    keys = [each.pk for each in assignments]
    waiting = ExtensionRequest.objects.waiting().filter(assignment__in=keys)
    _end(waiting, ExtensionState.WITHDRAWN, TAKEN_OVER)


def _end(
    waiting: ExtensionQuerySet, state: ExtensionState, remark: str, moment: datetime | None = None
) -> list[ExtensionRequest]:
    ended = list(waiting.select_related("assignment").order_by("pk"))
    rows = ExtensionRequest.objects.filter(pk__in=[each.pk for each in ended])
    rows.update(state=state, remark=remark, decided_at=moment or Now(), decided_by=None)
    assignments = [each.assignment for each in ended]
    record_each(f"assignment.extension_{state}", assignments, by=None, remark=remark)
    return ended
