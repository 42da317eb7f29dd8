"""Values that stand out: far from those of others, or changed much since the last round.

Both by size, so that whoever checks looks at the largest first. A value lies far out when it is
more than three interquartile ranges beyond the quartiles of what organizations of the same kind
handed in (the outer fences of Tukey, Exploratory Data Analysis, 1977): a prefecture is no large
village. Where half of all values are equal there is no range, and nothing is called far out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from surveys.models import Survey
from surveys.preceding import ANSWERED

MOST_SHOWN: Final = 100
_GIVEN = """asked AS MATERIALIZED (
    SELECT assignment.id, assignment.organization_id, organization.kind
    FROM surveys_assignment assignment
    JOIN accounts_organization organization ON organization.id = assignment.organization_id
    WHERE assignment.survey_id = %(survey)s AND assignment.state = ANY(%(states)s)
      AND assignment.succeeded_by_id IS NULL AND assignment.not_applicable_reason = ''
), given AS (
    SELECT asked.id, asked.organization_id, asked.kind, answer.field,
           (answer.value #>> '{}')::numeric AS value
    FROM asked JOIN surveys_answer answer ON answer.assignment_id = asked.id
    WHERE jsonb_typeof(answer.value) = 'number' AND answer.field = ANY(%(fields)s)
)
"""
"""The organizations first: the planner expects few answers, and would look one up for each."""
_BEFORE = """line(organization_id, earlier_id) AS (
    SELECT organization_id, organization_id FROM surveys_assignment
    WHERE survey_id = %(survey)s AND state = ANY(%(states)s) AND succeeded_by_id IS NULL
    UNION
    SELECT line.organization_id, merged.id FROM line
    JOIN accounts_organization merged ON merged.successor_id = line.earlier_id
), before AS (
    SELECT line.organization_id, array_agg(assignment.id) AS assignments
    FROM line JOIN surveys_assignment assignment ON assignment.organization_id = line.earlier_id
    WHERE assignment.survey_id = %(previous)s AND assignment.succeeded_by_id IS NULL
    GROUP BY line.organization_id
)
"""
"""Who was asked in the last round in place of each organization, as surveys/preceding.py says."""
_FAR_OUT = f"""
WITH {_GIVEN}, fences AS (
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
"""  # noqa: S608 - constants
_CHANGED = f"""
WITH RECURSIVE {_GIVEN}, {_BEFORE}, earlier AS (
    SELECT before.organization_id, answer.field, (answer.value #>> '{{}}')::numeric AS value
    FROM before
    JOIN surveys_assignment assignment ON assignment.id = before.assignments[1]
    JOIN surveys_answer answer ON answer.assignment_id = assignment.id
    WHERE cardinality(before.assignments) = 1
      AND assignment.state = ANY(%(states)s) AND assignment.not_applicable_reason = ''
      AND jsonb_typeof(answer.value) = 'number' AND answer.field = ANY(%(fields)s)
)
SELECT given.id, given.field, given.value, earlier.value,
       abs(given.value - earlier.value) / earlier.value AS size
FROM given JOIN earlier USING (organization_id, field)
WHERE earlier.value > 0 AND abs(given.value - earlier.value) / earlier.value > 0.3
ORDER BY size DESC, given.id, given.field LIMIT %(most)s
"""  # noqa: S608 - constants
_MERGED = f"""
WITH RECURSIVE {_BEFORE}
SELECT organization.name, array_agg(merged.name ORDER BY merged.code)
FROM before
JOIN accounts_organization organization ON organization.id = before.organization_id
JOIN surveys_assignment assignment ON assignment.id = ANY(before.assignments)
JOIN accounts_organization merged ON merged.id = assignment.organization_id
WHERE cardinality(before.assignments) > 1
GROUP BY organization.id ORDER BY organization.code
"""  # noqa: S608 - constants


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


@dataclass(frozen=True, slots=True)
class Merged:
    """An organization, and the names of those in place of which it answers since the last round."""

    name: str
    before: tuple[str, ...]


def far_out(survey: Survey, fields: Sequence[str]) -> list[Standout]:
    """The values of these fields beyond the outer fences, the farthest first: one query.

    Of kinds with eight answers or more; below that there is nothing to be far from.
    """
    return [Standout(*row) for row in _read(_FAR_OUT, survey, fields)]


def changed(survey: Survey, fields: Sequence[str]) -> list[Standout]:
    """The values that differ from the last round's by more than 30 %, the most first: one query.

    From 0 there is no share; such values are left out, and so are those of :func:`merged_since`.
    Who succeeds exactly one organization of the last round is compared with that one.
    """
    rows = _read(_CHANGED, survey, fields) if survey.previous_id else []
    return [Standout(*row) for row in rows]


def merged_since(survey: Survey) -> list[Merged]:
    """Who has handed in for several organizations of the last round, in the order of codes: which
    of their values would be the last one's own, nobody can say (surveys/preceding.py). One query.
    """
    rows = _read(_MERGED, survey, []) if survey.previous_id else []
    return [Merged(name, tuple(names)) for name, names in rows]


def _read(sql: str, survey: Survey, fields: Sequence[str]) -> list[tuple[Any, ...]]:
    wanted = {
        "survey": survey.pk,
        "previous": survey.previous_id,
        "states": [str(state) for state in ANSWERED],
        "fields": list(fields),
        "most": MOST_SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        return list(cursor.fetchall())
