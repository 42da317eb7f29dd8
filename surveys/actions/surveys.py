"""A survey is drafted, opened to those it asks, and closed.

``create_survey`` and ``open_survey`` bring in a survey that was decided on elsewhere; the pages go
through ``drafting`` and ``deciding``, where two people are needed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Division, User
from onepublic.audit.models import record
from onepublic.core.errors import demand
from surveys.actions.closing import close_now
from surveys.actions.holding import ensure_may_become, hold, hold_with_responses
from surveys.actions.image_files import image_files
from surveys.actions.opening import ask_everybody
from surveys.models import Survey
from surveys.permissions import may_run
from surveys.questionnaire import parse_questionnaire
from surveys.states import SurveyState


@transaction.atomic
def create_survey(
    document: Mapping[str, Any], *, by: User, division: Division, **fields: Any
) -> Survey:
    """A draft whose first revision holds ``document`` (sections and rules).

    ``fields`` are those of :class:`Survey`: title, purpose, fiscal_year, opens_on, due_on … The
    document is parsed first: DefinitionError names every problem, and nothing is written. Raises
    PermissionDenied for people who neither draft nor approve in the division.
    """
    parse_questionnaire(document)
    survey = Survey.objects.create(division=division, created_by=by, **fields)
    demand(may_run(by, survey))
    survey.images.set(image_files({**document}))
    survey.revisions.create(
        number=1, document={"sections": document["sections"], "rules": document.get("rules", [])}
    )
    record("survey.created", survey, by=by)
    return survey


@transaction.atomic
def open_survey(survey: Survey, *, by: User, moment: datetime | None = None) -> int:
    """Ask every organization that the audience selects today; return how many.

    The audience is frozen as assignments: a later merger changes nothing. ``moment`` dates the
    opening for a survey that is loaded with its past; otherwise the database's clock does.
    Raises PermissionDenied for people who don't run it, Stale unless the survey is a draft,
    Refused when the audience is empty or the questionnaire faulty.
    """
    held = hold(survey)
    demand(may_run(by, held))
    ensure_may_become(held, SurveyState.OPEN)
    asked = ask_everybody(held, by=by, moment=moment)
    survey.refresh_from_db()
    return asked


@transaction.atomic
def close_survey(survey: Survey, *, by: User, moment: datetime | None = None) -> None:
    """End the answering; what was typed stays.

    Raises PermissionDenied for people who don't run it, Stale unless the survey is open.
    A submission under way is finished before or meets a closed survey.
    """
    held = hold_with_responses(survey)
    demand(may_run(by, held))
    ensure_may_become(held, SurveyState.CLOSED)
    close_now(held, by=by, moment=moment)
    survey.refresh_from_db()
