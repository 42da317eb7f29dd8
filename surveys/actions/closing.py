"""The end of answering, by whomever it comes."""

from datetime import datetime

from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from surveys.actions.lapsing import CLOSED_BY_HAND, UNDECIDED, refuse_undecided
from surveys.models import Survey
from surveys.states import SurveyState


def close_now(survey: Survey, *, by: User | None, moment: datetime | None = None) -> None:
    """Close an open survey whose responses are held; ``by`` is None for the clock. Requests for
    more time that wait are refused: they could not be granted afterwards.
    """
    Survey.objects.filter(pk=survey.pk).update(state=SurveyState.CLOSED, closed_at=moment or Now())
    record("survey.closed", survey, by=by)
    refuse_undecided(survey, reason=CLOSED_BY_HAND if by else UNDECIDED, moment=moment)
