"""The finder of duplicates: similar questions of the last two years, and who holds the answers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Division
from onepublic.core.errors import demand
from onepublic.core.requests import Request
from surveys.insight.likeness import like_questions
from surveys.permissions import may_weigh_questions
from surveys.views.asking import asked_survey, look_tabs, questions_in_hand


@require_safe
def likeness(request: Request, survey_id: int) -> HttpResponse:
    """Each question that somebody asked before in similar words; for the ministry."""
    survey = asked_survey(request.user, survey_id)
    demand(may_weigh_questions(request.user))
    questionnaire = questions_in_hand(request.user, survey)
    found = like_questions(survey, questionnaire)
    holders = {like.division_id for likes in found.values() for like in likes}
    divisions = Division.objects.select_related("parent").in_bulk(holders)
    context = {
        "survey": survey,
        "tabs": look_tabs(request.user, survey, "surveys:likeness"),
        "count": len(questionnaire.questions),
        "found": [
            (number, question, [(like, divisions[like.division_id]) for like in found[question.id]])
            for number, question in enumerate(questionnaire.questions, 1)
            if question.id in found
        ],
    }
    return render(request, "surveys/likeness.html", context)
