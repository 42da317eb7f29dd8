"""Comments of the ministry on single answers, without giving the response back."""

from django.db import transaction

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Stale, demand
from onepublic.core.sql import lock_row
from surveys.models import Assignment, Remark
from surveys.permissions import may_run
from surveys.states import HANDED_IN_STATES, Stage

OVERTAKEN = "この回答は、取り戻されたか差し戻されています。画面を開き直してください。"


@transaction.atomic
def comment_on(assignment: Assignment, *, by: User, question_id: str, text: str) -> Remark:
    """Keep a comment on one question of a response that is handed in ("": on the whole).

    The organization sees it; the response stays where it is. Raises PermissionDenied for people
    who don't run the survey, Stale when the response was pulled back or returned meanwhile.
    """
    lock_row(Assignment, assignment.pk)
    current = Assignment.objects.with_survey().get(pk=assignment.pk)
    demand(may_run(by, current.survey))
    if current.state not in HANDED_IN_STATES:
        raise Stale(OVERTAKEN)
    remark = current.remarks.create(
        question_id=question_id, stage=Stage.MINISTRY, text=text, written_by=by
    )
    record("assignment.commented", current, by=by, question=question_id)
    return remark
