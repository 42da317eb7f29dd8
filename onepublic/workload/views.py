"""The burden meter of a survey."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onepublic.core.errors import demand
from onepublic.core.requests import Request
from onepublic.workload.neighbours import due_nearby
from surveys.insight.burden import MOST_COMPARED, KindBurden, burden_by_kind, paces
from surveys.insight.likeness import like_questions
from surveys.models import Survey
from surveys.permissions import may_weigh_questions
from surveys.questionnaire import Questionnaire
from surveys.views.asking import asked_survey, look_tabs, questions_in_hand


@require_safe
def burden(request: Request, survey_id: int) -> HttpResponse:
    """Questions, minutes and hours by kind of organization, what past surveys took, and what
    else is due there; for the ministry.
    """
    survey = asked_survey(request.user, survey_id)
    demand(may_weigh_questions(request.user))
    questionnaire = questions_in_hand(request.user, survey)
    kinds = burden_by_kind(survey, questionnaire)
    context = {
        "survey": survey,
        "tabs": look_tabs(request.user, survey, "survey_burden"),
        "count": len(questionnaire.questions),
        "kinds": kinds,
        **_totals(survey, kinds),
        "paces": paces(_similar(survey, questionnaire)),
        "nearby": due_nearby(survey),
    }
    return render(request, "surveys/burden.html", context)


def _totals(survey: Survey, kinds: list[KindBurden]) -> dict[str, float | int]:
    """All organizations together, by the portal's estimate and by the author's, in hours."""
    organizations = sum(kind.organizations for kind in kinds)
    return {
        "organizations": organizations,
        "hours": sum(kind.hours for kind in kinds),
        "own_hours": organizations * (survey.estimated_minutes or 0) / 60,
    }


def _similar(survey: Survey, questionnaire: Questionnaire) -> list[Survey]:
    """The last round, then the surveys that asked most of the same questions."""
    shared: dict[int, int] = {}
    for likes in like_questions(survey, questionnaire).values():
        for like in likes:
            shared[like.survey_id] = shared.get(like.survey_id, 0) + 1
    by_share = sorted(shared, key=lambda pk: (-shared[pk], pk))
    first = [survey.previous_id] if survey.previous_id else []
    chosen = list(dict.fromkeys([*first, *by_share]))[:MOST_COMPARED]
    found = Survey.objects.in_bulk(chosen)
    return [found[pk] for pk in chosen if pk in found]
