"""Values that stand out: far from those of others, or changed much since the last round.

Both by size, so that whoever checks looks at the largest first. A value lies far out when it is
more than three interquartile ranges beyond the quartiles of what organizations of the same kind
handed in (the outer fences of Tukey, Exploratory Data Analysis, 1977): a prefecture is no large
village. Where half of all values are equal there is no range, and nothing is called far out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import connection

from surveys.models import Survey
from surveys.preceding import ANSWERED

MOST_SHOWN: Final = 100
_VALUES = """
WITH given AS (
    SELECT assignment.id, assignment.organization_id, organization.kind, answer.field,
           (answer.value #>> '{}')::numeric AS value
    FROM surveys_assignment assignment
    JOIN accounts_organization organization ON organization.id = assignment.organization_id
    JOIN surveys_answer answer ON answer.assignment_id = assignment.id
    WHERE assignment.survey_id = %(survey)s AND assignment.state = ANY(%(states)s)
      AND assignment.succeeded_by_id IS NULL AND assignment.not_applicable_reason = ''
      AND jsonb_typeof(answer.value) = 'number' AND answer.field = ANY(%(fields)s)
)
"""
_FAR_OUT = (
    _VALUES  # noqa: S608 - constants
    + """, fences AS (
    SELECT field, kind, percentile_cont(0.25) WITHIN GROUP (ORDER BY value) AS low,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS middle,
           percentile_cont(0.75) WITHIN GROUP (ORDER BY value) AS high
    FROM given GROUP BY field, kind HAVING count(*) >= 8
)
SELECT given.id, given.field, given.value, fences.middle::numeric,
       (greatest(low - value, value - high) / (high - low))::numeric AS size
FROM given JOIN fences USING (field, kind)
WHERE high > low AND greatest(low - value, value - high) > 3 * (high - low)
ORDER BY size DESC, given.id, given.field LIMIT %(most)s
"""
)
_CHANGED = (
    _VALUES  # noqa: S608 - constants
    + """, earlier AS (
    SELECT assignment.organization_id, answer.field, (answer.value #>> '{}')::numeric AS value
    FROM surveys_assignment assignment
    JOIN surveys_answer answer ON answer.assignment_id = assignment.id
    WHERE assignment.survey_id = %(previous)s AND assignment.state = ANY(%(states)s)
      AND assignment.succeeded_by_id IS NULL AND assignment.not_applicable_reason = ''
      AND jsonb_typeof(answer.value) = 'number' AND answer.field = ANY(%(fields)s)
)
SELECT given.id, given.field, given.value, earlier.value,
       abs(given.value - earlier.value) / earlier.value AS size
FROM given JOIN earlier USING (organization_id, field)
WHERE earlier.value > 0 AND abs(given.value - earlier.value) / earlier.value > 0.3
ORDER BY size DESC, given.id, given.field LIMIT %(most)s
"""
)


@dataclass(frozen=True, slots=True)
class Standout:
    """One value: ``beside`` is the median of the kind, or the last round's; ``size`` the distance
    in interquartile ranges, or the change as a share of the last round's.
    """

    assignment_id: int
    field: str
    value: Decimal
    beside: Decimal
    size: Decimal


def far_out(survey: Survey, fields: Sequence[str]) -> list[Standout]:
    """The values of these fields beyond the outer fences, the farthest first: one query.

    Of kinds with eight answers or more; below that there is nothing to be far from.
    """
    return _read(_FAR_OUT, survey, fields)


def changed(survey: Survey, fields: Sequence[str]) -> list[Standout]:
    """The values that differ from the last round's by more than 30 %, the most first: one query.

    From 0 there is no share; such values are left out.
    """
    return _read(_CHANGED, survey, fields) if survey.previous_id else []


def _read(sql: str, survey: Survey, fields: Sequence[str]) -> list[Standout]:
    wanted = {
        "survey": survey.pk,
        "previous": survey.previous_id,
        "states": [str(state) for state in ANSWERED],
        "fields": list(fields),
        "most": MOST_SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        return [Standout(*row) for row in cursor.fetchall()]
