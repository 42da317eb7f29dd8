"""A survey is drafted, opened to those it asks, and closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Now

from accounts.models import Division, Membership, Organization, User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, demand
from onepublic.core.sql import insert_select
from onepublic.core.transitions import ensure_transition
from onepublic.mail.outbox import enqueue
from surveys.models import Assignment, Survey
from surveys.permissions import may_run
from surveys.questionnaire import parse_questionnaire
from surveys.states import SURVEY_TRANSITIONS, SurveyState

SURVEY_OPENED = "survey_opened"


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
    Refused when the audience is empty.
    """
    locked = _locked(survey, SurveyState.OPEN, by=by)
    revision = locked.revisions.latest("number")
    asked = _assign(locked, revision_id=revision.pk)
    Survey.objects.filter(pk=locked.pk).update(
        state=SurveyState.OPEN, opened_at=moment or Now(), closed_at=None
    )
    survey.refresh_from_db()
    locked.revisions.filter(pk=revision.pk).update(published_at=survey.opened_at)
    if locked.notify_by_mail:
        _notify(locked)
    record("survey.opened", locked, by=by, asked=asked, revision=revision.number)
    return asked


@transaction.atomic
def close_survey(survey: Survey, *, by: User, moment: datetime | None = None) -> None:
    """End the answering; what was typed stays.

    Raises PermissionDenied for people who don't run it, Stale unless the survey is open.
    The assignments are locked first, so that a submission under way is finished before or
    meets a closed survey.
    """
    list(survey.assignments.order_by("pk").select_for_update().values_list("pk", flat=True))
    locked = _locked(survey, SurveyState.CLOSED, by=by)
    Survey.objects.filter(pk=locked.pk).update(state=SurveyState.CLOSED, closed_at=moment or Now())
    record("survey.closed", locked, by=by)
    survey.refresh_from_db()


def _locked(survey: Survey, target: str, *, by: User) -> Survey:
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    demand(may_run(by, locked))
    ensure_transition(SURVEY_TRANSITIONS, locked.state, target, what="この調査")
    return locked


def _assign(survey: Survey, *, revision_id: int) -> int:
    chosen = Organization.objects.matching(survey.audience)
    if not chosen.exists():
        raise Refused("宛先に当てはまる機関がないため、受付を始められません。")
    return insert_select(
        Assignment,
        chosen,
        {"survey": Value(survey.pk), "organization": F("pk"), "revision": Value(revision_id)},
        unless_there=True,
    )


def _notify(survey: Survey) -> None:
    asked = Organization.objects.filter(assignments__survey=survey)
    windows = Membership.objects.active().at_window_of(asked)
    enqueue(SURVEY_OPENED, subject_id=survey.pk, people=User.objects.among(windows))
