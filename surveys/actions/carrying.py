"""Values of the previous round: put in where nothing is answered yet, and confirmed one by one."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from surveys.actions.locking import lock_answerable
from surveys.actions.writing import write_values
from surveys.carrying import previous_round
from surveys.models import Assignment
from surveys.parts import parts_of, section_of
from surveys.permissions import closed_sections
from surveys.questionnaire import is_blank
from surveys.responses import held_answers, previous_values, questionnaire_of
from surveys.states import Origin

NOTHING = "前回の値を入れられる項目はありません。"


@transaction.atomic
def carry_over(assignment: Assignment, *, by: User) -> int:
    """Put the last round's values into the fields that are blank; return how many.

    They are marked until somebody confirms them or types something else. Sections that another
    division has are left to it. Raises Refused when there is nothing to put in.
    """
    current = lock_answerable(assignment, by=by)
    questionnaire = questionnaire_of(current.revision)
    earlier = previous_round(current, questionnaire, previous_values(current))
    answers, parts = held_answers(current), parts_of(current)
    closed = closed_sections(by, parts)
    values = {
        key: value
        for key, value in (earlier.carryable if earlier else {}).items()
        if (key not in answers or is_blank(answers[key].value))
        and section_of(questionnaire, key) not in closed
    }
    if not values:
        raise Refused(NOTHING)
    write_values(current, answers, values, parts=parts, by=by, origin=Origin.CARRIED)
    record("answers.carried", current, by=by, count=len(values))
    return len(values)


@transaction.atomic
def confirm_carried(assignment: Assignment, *, by: User, seen: Mapping[str, int]) -> int:
    """Take values of the last round for this round's own; return how many.

    ``seen``: the revision of each field that the person saw. A field that was written meanwhile,
    or that another division has, stays as it is. The value does not change, so its revision
    doesn't either.
    """
    current = lock_answerable(assignment, by=by)
    questionnaire, answers = questionnaire_of(current.revision), held_answers(current)
    closed = closed_sections(by, parts_of(current))
    keys = [
        key
        for key, revision in seen.items()
        if key in answers
        and answers[key].is_unconfirmed
        and answers[key].revision == revision
        and section_of(questionnaire, key) not in closed
    ]
    if keys:
        confirmed = current.answers.filter(field__in=keys)
        confirmed.update(origin=Origin.TYPED, updated_by=by, updated_at=Now())
        record("answers.confirmed", current, by=by, fields=keys)
    return len(keys)
