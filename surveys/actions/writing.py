"""Writing values into a locked response, with everything that must follow from them."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from surveys.models import Answer, Assignment
from surveys.parts import Part, sections_of
from surveys.questionnaire import to_json
from surveys.responses import Held, Response, questionnaire_of, respond
from surveys.states import AssignmentState, Origin


def write_values(
    assignment: Assignment,
    answers: Mapping[str, Held],
    values: Mapping[str, object],
    *,
    parts: Mapping[str, Part],
    by: User,
    origin: Origin = Origin.TYPED,
) -> Response:
    """Write ``{field key: JSON value}`` over ``answers``, all that is stored of the response that
    the caller has locked, with its ``parts``; return the response as it is then.

    One statement writes them, and the calculated numbers that change with them; the first one
    starts the response, and a part that was said to be done is open again when something in it has
    changed. A value that is there already keeps its revision: writing it again only tells where it
    comes from.
    """
    written = {key: _after(answers.get(key), value, origin) for key, value in values.items()}
    response = respond(assignment, {**answers, **written})
    written |= (calculated := _calculated(response))
    _upsert(assignment, written, by=by)
    _touch(assignment, by=by)
    _reopen_parts(assignment, parts, values)
    return replace(response, answers={**response.answers, **calculated})


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


def _upsert(assignment: Assignment, written: Mapping[str, Held], *, by: User) -> None:
    Answer.objects.bulk_create(
        [
            Answer(assignment=assignment, field=key, **held._asdict(), updated_by=by)
            for key, held in written.items()
        ],
        update_conflicts=True,
        unique_fields=["assignment", "field"],
        update_fields=["value", "revision", "updated_at", "updated_by", "origin"],
    )


def _touch(assignment: Assignment, *, by: User) -> None:
    touched = Assignment.objects.filter(pk=assignment.pk)
    if assignment.state != AssignmentState.NOT_STARTED:
        touched.update(last_answer_at=Now())
        return
    touched.update(last_answer_at=Now(), state=AssignmentState.DRAFTING)
    record("assignment.started", assignment, by=by)


def _reopen_parts(assignment: Assignment, parts: Mapping[str, Part], keys: Collection[str]) -> None:
    if not any(part.is_done for part in parts.values()):
        return
    changed = sections_of(questionnaire_of(assignment.revision), keys)
    marked = assignment.section_works.filter(section_id__in=changed, done_at__isnull=False)
    marked.update(done_at=None, done_by=None)
