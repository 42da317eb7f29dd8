"""Saving answers: each field has a revision, and nothing is overwritten unseen.

A value that its field refuses is kept as it was typed and marked by the evaluation: it stops
submitting, never saving. Only what no store can carry (control characters, a text far beyond
every limit) is turned away, and stays in the browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.text import forbidden_character
from surveys.actions.locking import lock_answerable
from surveys.models import Answer, Assignment
from surveys.questionnaire import (
    Field,
    InvalidValue,
    Questionnaire,
    ValueKind,
    normalise,
    to_json,
)
from surveys.responses import questionnaire_of
from surveys.states import AssignmentState

LONGEST_KEPT = 20_000
MOST_PARTS = 500


class Outcome(Enum):
    SAVED = "saved"
    STALE = "stale"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FieldResult:
    """What became of one field: ``value`` and ``revision`` are what is stored now.

    ``message`` says why it was refused; ``writer_id`` who wrote the other value of a stale one.
    """

    outcome: Outcome
    revision: int = 0
    value: object = None
    message: str = ""
    writer_id: int | None = None


Changes = Mapping[str, tuple[object, int]]


@transaction.atomic
def save_answers(assignment: Assignment, *, by: User, changes: Changes) -> dict[str, FieldResult]:
    """Save ``{field key: (raw value, revision that the writer saw)}``; return what became of each.

    0 is the revision of a field that was never written. Fields are saved one by one: a stale or
    refused one does not hold up the others. Raises Refused when the response takes no answers.
    """
    current = lock_answerable(assignment, by=by)
    questionnaire = questionnaire_of(current.revision)
    stored = {answer.field: answer for answer in current.answers.filter(field__in=changes)}
    results: dict[str, FieldResult] = {}
    rows: list[Answer] = []
    for key, (raw, expected) in changes.items():
        result = _judge(questionnaire, key, raw, stored.get(key), expected)
        results[key] = result
        if result.outcome is Outcome.SAVED and result.revision != _revision(stored.get(key)):
            rows.append(
                Answer(
                    assignment=current,
                    field=key,
                    value=result.value,
                    revision=result.revision,
                    updated_by=by,
                )
            )
    if rows:
        write_rows(current, rows, by=by)
    return results


def write_rows(assignment: Assignment, rows: list[Answer], *, by: User) -> None:
    """Write answers of a locked assignment in one statement; the first one starts the response."""
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assignment", "field"],
        update_fields=["value", "revision", "updated_at", "updated_by"],
    )
    touched = Assignment.objects.filter(pk=assignment.pk)
    touched.update(last_answer_at=Now(), state=AssignmentState.DRAFTING)
    if assignment.state == AssignmentState.NOT_STARTED:
        record("assignment.started", assignment, by=by)


def _judge(
    questionnaire: Questionnaire, key: str, raw: object, stored: Answer | None, expected: int
) -> FieldResult:
    field = questionnaire.fields_by_key.get(key)
    if field is None or field.is_calculated or field.kind is ValueKind.FILES:
        return FieldResult(
            Outcome.REFUSED, message="この項目は調査票にありません。画面を開き直してください。"
        )
    if message := _why_not_kept(raw):
        return FieldResult(Outcome.REFUSED, _revision(stored), message=message)
    value = _kept_value(field, raw)
    held = stored.value if stored else None
    if value == held and type(value) is type(held):
        return FieldResult(Outcome.SAVED, _revision(stored), value)
    if expected != _revision(stored):
        writer = stored.updated_by_id if stored else None
        return FieldResult(Outcome.STALE, _revision(stored), held, writer_id=writer)
    return FieldResult(Outcome.SAVED, expected + 1, value)


def _kept_value(field: Field, raw: object) -> object:
    try:
        return to_json(normalise(field, raw))
    except InvalidValue:
        return raw


def _why_not_kept(raw: object) -> str:
    parts = raw if isinstance(raw, list) else [raw]
    texts = [part for part in parts if isinstance(part, str)]
    if len(parts) > MOST_PARTS or sum(map(len, texts)) > LONGEST_KEPT:
        return f"文字数が多すぎるため保存できません（上限{LONGEST_KEPT:,}文字）。"
    found = next(filter(None, map(forbidden_character, texts)), None)
    return f"使用できない制御文字（{found}）が含まれているため保存できません。" if found else ""


def _revision(stored: Answer | None) -> int:
    return stored.revision if stored else 0
