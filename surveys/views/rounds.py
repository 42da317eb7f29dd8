"""What prefectures say to their municipalities, as the division that runs the survey reads it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from surveys.models import PrefectureRound
from surveys.views.checking import checked_survey


@require_safe
def survey_rounds(request: Request, survey_id: int) -> HttpResponse:
    """Words, days and files by prefecture, in the order of their codes: at most 47."""
    survey = checked_survey(request, survey_id)
    rows = PrefectureRound.objects.in_force().filter(survey=survey)
    related = rows.select_related("prefecture", "written_by").prefetch_related("files")
    context = {"survey": survey, "rounds": related.order_by("prefecture__code")}
    return render(request, "surveys/prefectures/rounds.html", context)
