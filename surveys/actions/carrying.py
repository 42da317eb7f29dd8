"""Values of the previous round: put in where nothing is answered yet, and confirmed one by one."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from surveys.actions.locking import lock_whole
from surveys.actions.writing import write_values
from surveys.carrying import previous_round
from surveys.models import Assignment
from surveys.parts import section_of
from surveys.permissions import closed_sections, proxy_of
from surveys.questionnaire import is_blank
from surveys.responses import previous_values, questionnaire_of
from surveys.states import Origin

NOTHING = "前回の値を入れられる項目はありません。"


@transaction.atomic
def carry_over(assignment: Assignment, *, by: User) -> int:
    """Put the last round's values into the fields that are blank; return how many.

    They are marked until somebody confirms them or types something else. Sections that another
    division has are left to it. Raises Refused when there is nothing to put in.
    """
    whole = lock_whole(assignment, by=by)
    current, answers = whole.assignment, whole.answers
    questionnaire, closed = questionnaire_of(current.revision), closed_sections(by, whole.parts)
    earlier = previous_round(current, questionnaire, previous_values(current))
    values = {
        key: value
        for key, value in (earlier.carryable if earlier else {}).items()
        if (key not in answers or is_blank(answers[key].value))
        and section_of(questionnaire, key) not in closed
    }
    if not values:
        raise Refused(NOTHING)
    write_values(whole, values, by=by, origin=Origin.CARRIED)
    record("answers.carried", current, by=by, count=len(values))
    return len(values)


@transaction.atomic
def confirm_carried(assignment: Assignment, *, by: User, seen: Mapping[str, int]) -> int:
    """Take values of the last round for this round's own; return how many.

    ``seen``: the revision of each field that the person saw. A field that was written meanwhile,
    or that another division has, stays as it is. The value does not change, so its revision
    doesn't either.
    """
    whole = lock_whole(assignment, by=by)
    current, answers = whole.assignment, whole.answers
    questionnaire, closed = questionnaire_of(current.revision), closed_sections(by, whole.parts)
    carried = answers.unconfirmed()
    keys = [
        key
        for key, revision in seen.items()
        if key in carried
        and answers[key].revision == revision
        and section_of(questionnaire, key) not in closed
    ]
    if keys:
        confirmed = current.answers.filter(field__in=keys)
        origin = Origin.PROXY if proxy_of(by, current) else Origin.TYPED
        confirmed.update(origin=origin, updated_by=by, updated_at=Now())
        record("answers.confirmed", current, by=by, fields=keys)
    return len(keys)
