"""The check list before a survey is opened: what forbids it, and what to look at twice."""

from django.utils import timezone

from accounts.models import Organization
from onepublic.core.errors import Refused
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, Respondent
from surveys.questionnaire.flow import Reach, reach_of_questions
from surveys.readiness.concerns import Concern, Place
from surveys.readiness.frame import of_frame
from surveys.readiness.questions import of_questions, parsed, unreachable

__all__ = ["Concern", "Place", "concerns_of", "ensure_openable"]

NOBODY = Concern(
    "宛先に当てはまる機関がありません。", "宛先を選んでください。", Place.AUDIENCE, stops=True
)


def concerns_of(survey: Survey) -> list[Concern]:
    """What forbids opening it first, then advice: of the frame, the audience, the questions."""
    document = survey.revisions.latest("number").document
    questionnaire, flaws = parsed(document)
    bodies = _bodies_addressed_by(survey)
    found = [*of_frame(survey, timezone.localdate()), *([] if bodies else [NOBODY]), *flaws]
    if questionnaire:
        found += of_questions(questionnaire, document)
        if bodies:
            found += unreachable(questionnaire, _reached_by(questionnaire, bodies))
    return sorted(found, key=lambda concern: not concern.stops)


def ensure_openable(survey: Survey) -> None:
    """Raises Refused, naming everything that forbids opening it."""
    if stopping := [concern.text for concern in concerns_of(survey) if concern.stops]:
        raise Refused("".join(stopping))


def _reached_by(questionnaire: Questionnaire, bodies: list[Respondent]) -> frozenset[str]:
    """The questions that at least one of the bodies may come to see."""
    maps = (reach_of_questions(questionnaire, body.attributes()) for body in bodies)
    return frozenset(
        question_id
        for reached in maps
        for question_id, reach in reached.items()
        if reach is not Reach.NEVER
    )


def _bodies_addressed_by(survey: Survey) -> list[Respondent]:
    """The different kinds of bodies that the rule selects today."""
    attributes = ("kind", "prefecture_code", "has_health_center", "regional_bureau__code")
    rows = Organization.objects.matching(survey.audience).order_by().values_list(*attributes)
    return [
        Respondent(kind, prefecture, has_health_center, bureau or "")
        for kind, prefecture, has_health_center, bureau in rows.distinct()
    ]
