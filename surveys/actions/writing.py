"""Writing values into a locked response, with everything that must follow from them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import connection

from accounts.models import User
from onepublic.audit.models import record
from surveys.held import Held
from surveys.models import Assignment
from surveys.parts import Part, sections_of
from surveys.permissions import proxy_of
from surveys.questionnaire import to_json
from surveys.responses import Response, questionnaire_of, respond
from surveys.states import AssignmentState, Origin
from surveys.wholes import Whole

# The answers and the assignment in one statement: a save is made with every field that is left.
_WRITE = """WITH written AS (
    INSERT INTO surveys_answer
        (assignment_id, field, value, revision, updated_at, updated_by_id, origin)
    SELECT %(assignment)s, field, value, revision, statement_timestamp(), %(by)s, origin
    FROM json_to_recordset(%(rows)s::json)
        AS given(field text, value jsonb, revision integer, origin text)
    ON CONFLICT (assignment_id, field) DO UPDATE SET
        value = excluded.value, revision = excluded.revision, updated_at = excluded.updated_at,
        updated_by_id = excluded.updated_by_id, origin = excluded.origin
)
UPDATE surveys_assignment SET last_answer_at = statement_timestamp(), state = %(state)s
WHERE id = %(assignment)s
"""


def write_values(
    whole: Whole, values: Mapping[str, object], *, by: User, origin: Origin = Origin.TYPED
) -> Response:
    """Write ``{field key: JSON value}`` into the response that the caller has locked and read
    whole; return the response as it is then.

    One statement writes them, and the calculated numbers that change with them; the first one
    starts the response, and a part that was said to be done is open again when something in it has
    changed. A value that is there already keeps its revision: writing it again only tells where it
    comes from. What a prefecture writes by proxy is marked so; values of the last round are still
    to be confirmed.
    """
    assignment, answers = whole.assignment, whole.answers
    if origin != Origin.CARRIED and proxy_of(by, assignment):
        origin = Origin.PROXY
    written = {key: _after(answers.get(key), value, origin) for key, value in values.items()}
    response = respond(assignment, answers.with_written(written), whole.reasons)
    written |= (calculated := _calculated(response))
    _write(assignment, written, by=by)
    _reopen_parts(assignment, whole.parts, values)
    return replace(response, answers=response.answers.with_written(calculated))


def _after(before: Held | None, value: object, origin: Origin) -> Held:
    if before is None:
        return Held(value, 1, origin)
    same = before.value == value and type(before.value) is type(value)
    return Held(value, before.revision if same else before.revision + 1, origin)


def _calculated(response: Response) -> dict[str, Held]:
    """The calculated numbers that these answers change; one that never was shown is no row."""
    found: dict[str, Held] = {}
    for key, number in response.evaluation.calculated.items():
        before, value = response.answers.get(key), to_json(number)
        if value != (before.value if before else None):
            found[key] = _after(before, value, Origin.CALCULATED)
    return found


def _write(assignment: Assignment, written: Mapping[str, Held], *, by: User) -> None:
    begins = assignment.state == AssignmentState.NOT_STARTED
    rows = [{"field": key, **held._asdict()} for key, held in written.items()]
    facts: dict[str, str | int] = {
        "assignment": assignment.pk,
        "by": by.pk,
        "rows": json.dumps(rows),
        "state": AssignmentState.DRAFTING if begins else assignment.state,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, facts)
    if begins:
        record("assignment.started", assignment, by=by)


def _reopen_parts(assignment: Assignment, parts: Mapping[str, Part], keys: Collection[str]) -> None:
    if not any(part.is_done for part in parts.values()):
        return
    changed = sections_of(questionnaire_of(assignment.revision), keys)
    marked = assignment.section_works.filter(section_id__in=changed, done_at__isnull=False)
    marked.update(done_at=None, done_by=None)
