"""What the pages of the division that runs a survey begin and end with."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.models import User
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.models import Survey
from surveys.permissions import can_follow_surveys, is_drafter


def follower(request: Request) -> User:
    """The person, or 404 for those who have no survey to follow."""
    user = request.user
    if not can_follow_surveys(user):
        raise Http404
    return user


def followed_survey(request: Request, survey_id: int) -> Survey:
    """The survey, or 404 when the person may not see it."""
    rows = Survey.objects.visible_to(follower(request)).select_related(
        "division__parent", "division__organization", "previous", "submitted_by", "approved_by"
    )
    return get_object_or_404(rows, pk=survey_id)


def drafters_survey(request: Request, survey_id: int) -> Survey:
    """The same for a page on which its drafters change it: 403 for others."""
    survey = followed_survey(request, survey_id)
    demand(is_drafter(request.user, survey))
    return survey


def act(request: Request, survey: Survey, verb: Callable[[], object], *, done: str) -> HttpResponse:
    """Call the verb and go back to the survey's page with a calm message, also when the act came
    too late.
    """
    try:
        verb()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("surveys:survey", survey.pk)
