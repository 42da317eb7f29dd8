"""The questionnaire as a kind of organization will see it; nothing that is typed is stored."""

from random import SystemRandom

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from onepublic.core.requests import Request
from surveys.forms import raw_values
from surveys.forms.preview import PreviewForm
from surveys.insight.sample import imagined_body, plausible_values, sample_response
from surveys.models import Survey
from surveys.questionnaire import Questionnaire
from surveys.responses import Response, respondent_of
from surveys.views.asking import asked_survey, look_tabs, questions_in_hand
from surveys.views.following import what_follows
from surveys.views.loading import visible_sections
from surveys.views.questions import Draft, show_questions

_SEEDS = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: Request, survey_id: int) -> HttpResponse:
    """All sections on one page, for the kind that the address names; a POST shows what would
    follow from the values typed, or fills in plausible ones.
    """
    survey = asked_survey(request.user, survey_id)
    questionnaire = questions_in_hand(request.user, survey)
    form = PreviewForm.read(request.GET)
    response = _response(survey, questionnaire, form, request.POST)
    shown = {section.id for section in visible_sections(response)}
    context = {
        "survey": survey,
        "form": form,
        "tabs": look_tabs(request.user, survey, "surveys:preview"),
        "sections": [
            (section, section.id in shown, show_questions(response, section.questions, Draft(), {}))
            for section in questionnaire.sections
        ],
    }
    return render(request, "surveys/preview.html", context)


@require_POST
def preview_evaluation(request: Request, survey_id: int) -> JsonResponse:
    """What follows from the values typed, for the script of the page."""
    survey = asked_survey(request.user, survey_id)
    questionnaire = questions_in_hand(request.user, survey)
    form = PreviewForm.read(request.GET)
    response = _response(survey, questionnaire, form, request.POST)
    visible = [section.id for section in visible_sections(response)]
    return JsonResponse(
        what_follows(response, questionnaire.questions) | {"visible_sections": visible}
    )


def _response(
    survey: Survey, questionnaire: Questionnaire, form: PreviewForm, post: QueryDict
) -> Response:
    body = imagined_body(**form.body)
    if "fill" in post:
        seed = SystemRandom().randrange(_SEEDS)
        values = plausible_values(questionnaire, respondent_of(body), seed)
    else:
        values = dict(raw_values(post, questionnaire.fields))
    return sample_response(survey, questionnaire, body, values)
