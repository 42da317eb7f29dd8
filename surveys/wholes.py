"""A response read whole by one statement, for the save that is made with every answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import Organization
from onepublic.core.joining import Joined, partly
from surveys.held import COLUMNS, Answers
from surveys.models import Assignment, QuestionnaireRevision, Survey, WarningReason
from surveys.parts import Part

_WHOLE = Joined(
    tables=(
        ("a", Assignment, ()),
        (
            "s",
            Survey,
            (
                "id",
                "division_id",
                "state",
                "title",
                "due_on",
                "previous_id",
                "accepts_late",
                "closed_at",
            ),
        ),
        (
            "o",
            Organization,
            ("id", "kind", "prefecture_code", "has_health_center", "regional_bureau_id"),
        ),
    ),
    more="""
    (SELECT published_at FROM surveys_questionnairerevision WHERE id = a.revision_id),
    (SELECT code FROM accounts_organization WHERE id = o.regional_bureau_id),
    held_values, held_revisions, held_origins,
    (SELECT json_object_agg(rule_id, reason)::text
     FROM surveys_warningreason WHERE assignment_id = a.id),
    (SELECT json_object_agg(section_id, json_build_array(division_id, done_at IS NOT NULL))::text
     FROM surveys_sectionwork WHERE assignment_id = a.id)
    """,
    rest=f"""
    FROM surveys_assignment a
    JOIN surveys_survey s ON s.id = a.survey_id
    JOIN accounts_organization o ON o.id = a.organization_id
    CROSS JOIN LATERAL (SELECT {COLUMNS} FROM surveys_answer WHERE assignment_id = a.id) answers
    WHERE a.id = %s
    """,  # noqa: S608 - constants
)


@dataclass(frozen=True, slots=True)
class Whole:
    """An assignment ``with_survey()``, its answers by field key, reasons by rule id, parts by
    section id.
    """

    assignment: Assignment
    answers: Answers
    reasons: Mapping[str, WarningReason]
    parts: Mapping[str, Part]


def read_whole(assignment_id: int) -> Whole:
    """The response as it is now; raises Assignment.DoesNotExist. One query."""
    found = _WHOLE.rows([assignment_id])
    if not found:
        raise Assignment.DoesNotExist
    ((assignment, survey, place), (published_at, bureau, *answers, reasons, parts)) = found[0]
    if bureau:
        place.regional_bureau = partly(Organization, id=place.regional_bureau_id, code=bureau)
    revision = partly(QuestionnaireRevision, id=assignment.revision_id, published_at=published_at)
    assignment.survey, assignment.revision, assignment.organization = survey, revision, place
    return Whole(
        assignment,
        Answers.of_row(*answers),
        {rule: WarningReason(rule_id=rule, reason=text) for rule, text in _object(reasons).items()},
        {section: Part._make(part) for section, part in _object(parts).items()},
    )


def _object(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found
