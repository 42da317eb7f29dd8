"""What the previous round holds for an organization, whatever was merged into it since.

Where exactly one organization was asked then, itself or the one that it succeeds, that one's
answers are its previous values. Where several were, nobody can say which values would be its own:
they are shown side by side, and neither taken over nor compared.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from surveys.models import Assignment
from surveys.states import AssignmentState

ANSWERED = (AssignmentState.SUBMITTED, AssignmentState.ACCEPTED)
WITH_ANSWERS = "{row}.state = ANY(%s) AND {row}.not_applicable_reason = ''"
"""SQL for these; who said 該当なし has given none, also after it was accepted."""

PREDECESSORS = """
WITH RECURSIVE line(id) AS (
    SELECT {organization}::bigint
    UNION
    SELECT merged.id FROM accounts_organization merged JOIN line ON merged.successor_id = line.id
) SELECT id FROM line
"""
_READ = f"""
SELECT organization.name, {WITH_ANSWERS.format(row="assignment")},
       (SELECT json_object_agg(field, value)::text FROM surveys_answer
        WHERE assignment_id = assignment.id)
FROM surveys_assignment assignment
JOIN accounts_organization organization ON organization.id = assignment.organization_id
WHERE assignment.survey_id = %s AND assignment.succeeded_by_id IS NULL
  AND assignment.organization_id IN ({PREDECESSORS.format(organization="%s")})
ORDER BY organization.code
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Before:
    """One organization of the previous round: its name, and its ``values`` by field key, None
    where it has not handed any in.
    """

    name: str
    values: Mapping[str, object] | None


def rounds_before(assignment: Assignment) -> list[Before]:
    """Who was asked in the previous round in place of this organization, itself included, in the
    order of their codes; nobody where the survey has none. One query, or none.
    """
    previous = assignment.survey.previous_id
    if previous is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(ANSWERED), previous, assignment.organization_id])
        return [
            Before(name, json.loads(values) if answered and values else None)
            for name, answered, values in cursor
        ]


def values_before(rounds: list[Before]) -> Mapping[str, object] | None:
    """The previous values of an organization; None where it has none, or those of several."""
    return rounds[0].values if len(rounds) == 1 else None
