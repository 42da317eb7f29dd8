"""What a survey costs those who answer it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Count

from accounts.models import Organization
from accounts.states import Kind
from surveys.models import Survey
from surveys.questionnaire import Questionnaire
from surveys.questionnaire.effort import minutes_of
from surveys.questionnaire.flow import Reach, reach_of_questions

# Longer pauses are other work. 30 responses a survey give a steady median and bound the cost.
_PACE = """
WITH chosen AS (
    SELECT survey.id AS survey_id, assignment.id
    FROM unnest(%s::bigint[]) AS survey(id)
    CROSS JOIN LATERAL (
        SELECT id FROM surveys_assignment
        WHERE survey_id = survey.id AND submitted_at IS NOT NULL ORDER BY id LIMIT 30
    ) assignment
), moments AS (
    SELECT chosen.*, answer.updated_at AS at
    FROM chosen JOIN surveys_answer answer ON answer.assignment_id = chosen.id
    UNION ALL
    SELECT chosen.*, past.updated_at
    FROM chosen JOIN surveys_pastanswer past ON past.assignment_id = chosen.id
), gaps AS (
    SELECT survey_id, id, at - lag(at) OVER (PARTITION BY id ORDER BY at) AS gap FROM moments
), worked AS (
    SELECT survey_id, id, sum(gap) AS worked FROM gaps
    WHERE gap <= interval '10 minutes' GROUP BY survey_id, id HAVING sum(gap) > interval '1 minute'
)
SELECT survey_id, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM worked)) / 60
FROM worked GROUP BY survey_id
"""
MOST_COMPARED: Final = 5


@dataclass(frozen=True, slots=True)
class KindBurden:
    """What one kind of organization is asked; ``depending`` questions appear by answers."""

    kind: str
    label: str
    organizations: int
    always: int
    depending: int
    minutes: float

    @property
    def hours(self) -> float:
        """All organizations of the kind together."""
        return self.organizations * self.minutes / 60


@dataclass(frozen=True, slots=True)
class Pace:
    """What a past survey took: the median of ``responses`` (at most 30), in minutes."""

    survey: Survey
    responses: int
    minutes: float


def burden_by_kind(survey: Survey, questionnaire: Questionnaire) -> list[KindBurden]:
    """Per kind of organization that is (or would be) asked; kinds in their official order."""
    counted = _organizations(survey)
    return [
        _burden(questionnaire, kind, counted[kind.value])
        for kind in Kind
        if counted.get(kind.value)
    ]


def _organizations(survey: Survey) -> dict[str, int]:
    if survey.opened_at:
        asked = Organization.objects.filter(assignments__survey=survey)
    else:
        asked = Organization.objects.matching(survey.audience)
    rows = asked.order_by().values("kind").annotate(count=Count("pk"))
    return {row["kind"]: row["count"] for row in rows}


def _burden(questionnaire: Questionnaire, kind: Kind, organizations: int) -> KindBurden:
    reached = reach_of_questions(questionnaire, {"kind": kind.value})
    reaches = list(reached.values())
    return KindBurden(
        kind=kind.value,
        label=str(kind.label),
        organizations=organizations,
        always=reaches.count(Reach.ALWAYS),
        depending=reaches.count(Reach.DEPENDS),
        minutes=minutes_of(questionnaire, reached),
    )


def paces(surveys: Iterable[Survey]) -> list[Pace]:
    """How long past surveys took in fact: time between saved answers, pauses of more than ten
    minutes left out. Surveys without such a record are missing.
    """
    by_id = {survey.pk: survey for survey in surveys}
    with connection.cursor() as cursor:
        cursor.execute(_PACE, [list(by_id)[:MOST_COMPARED]])
        found = cursor.fetchall()
    return [Pace(by_id[pk], count, float(minutes)) for pk, count, minutes in sorted(found)]
