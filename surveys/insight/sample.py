"""A response of a body that is only imagined, for the preview: nothing of it is stored."""

from collections.abc import Mapping
from random import Random

from accounts.models import Organization
from surveys.held import Answers
from surveys.models import Assignment, Survey
from surveys.questionnaire import Questionnaire, Respondent, evaluate, to_json
from surveys.questionnaire.plausible import plausible_answers
from surveys.responses import Response, respondent_of


def imagined_body(kind: str, prefecture_code: str, *, has_health_center: bool) -> Organization:
    """An organization of that kind in that prefecture, never saved."""
    prefectures = Organization.objects.select_related("regional_bureau")
    prefecture = prefectures.filter(kind="prefecture", prefecture_code=prefecture_code).first()
    return Organization(
        kind=kind,
        prefecture_code=prefecture_code,
        has_health_center=has_health_center,
        regional_bureau=prefecture.regional_bureau if prefecture else None,
    )


def sample_response(
    survey: Survey, questionnaire: Questionnaire, body: Organization, values: Mapping[str, object]
) -> Response:
    """What the pages of a response show for these JSON values by field key."""
    assignment = Assignment(survey=survey, organization=body)
    evaluation = evaluate(questionnaire, values, respondent_of(body))
    return Response(assignment, questionnaire, Answers(dict(values)), {}, evaluation)


def plausible_values(
    questionnaire: Questionnaire, respondent: Respondent, seed: int
) -> dict[str, object]:
    """JSON values that could be submitted; the same seed gives the same."""
    answers = plausible_answers(questionnaire, respondent, Random(seed))  # noqa: S311 - a picture
    return {key: to_json(value) for key, value in answers.items()}
