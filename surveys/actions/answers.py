"""Saving answers: each field has a revision, and nothing is overwritten unseen.

A value that its field refuses is kept as it was typed and marked by the evaluation: it stops
submitting, never saving. Only what no store can carry (control characters, a text far beyond
every limit) is turned away, and stays in the browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from django.db import transaction

from accounts.models import User
from onepublic.core.text import forbidden_character
from surveys.actions.locking import lock_whole
from surveys.actions.writing import write_values
from surveys.held import Held
from surveys.models import Assignment
from surveys.permissions import closed_sections
from surveys.places import why_no_place
from surveys.questionnaire import (
    Field,
    InvalidValue,
    Questionnaire,
    ValueKind,
    normalise,
    to_json,
)
from surveys.responses import Response, questionnaire_of, respond
from surveys.states import Origin

LONGEST_KEPT = 20_000
MOST_PARTS = 500
NEVER = Held(None, 0, Origin.TYPED)
UNKNOWN = "この項目は調査票にありません。画面を開き直してください。"
HANDED_AWAY = "この節は別の課室に入力を依頼しているため、保存できません。"


class Outcome(Enum):
    SAVED = "saved"
    STALE = "stale"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FieldResult:
    """What became of one field: ``value`` and ``revision`` are what is stored now.

    ``message`` says why it was refused; ``writer_id`` and ``written_at`` who wrote the other value
    of a stale one, and when.
    """

    outcome: Outcome
    revision: int = 0
    value: object = None
    message: str = ""
    writer_id: int | None = None
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The response after a save, the sections that others have, and what became of each field."""

    response: Response
    closed: frozenset[str]
    results: Mapping[str, FieldResult]


Changes = Mapping[str, tuple[object, int]]


def save_answers(
    assignment: Assignment, *, by: User, changes: Changes, origin: Origin = Origin.TYPED
) -> Mapping[str, FieldResult]:
    """Save ``{field key: (raw value, revision that the writer saw)}``; return what became of each.

    0 is the revision of a field that was never written. Fields are saved one by one: a stale or
    refused one does not hold up the others. Raises Refused when the response takes no answers.
    """
    return save_and_evaluate(assignment, by=by, changes=changes, origin=origin).results


@transaction.atomic
def save_and_evaluate(
    assignment: Assignment, *, by: User, changes: Changes, origin: Origin = Origin.TYPED
) -> Saved:
    """The same, with the response as it is then."""
    whole = lock_whole(assignment, by=by)
    current, answers = whole.assignment, whole.answers
    questionnaire, closed = questionnaire_of(current.revision), closed_sections(by, whole.parts)
    results = {
        key: _judge(questionnaire, key, raw, answers.get(key, NEVER), expected, closed)
        for key, (raw, expected) in changes.items()
    }
    values = {key: r.value for key, r in results.items() if _is_news(r, answers.get(key))}
    if not values:
        response = respond(current, answers, whole.reasons)
        return Saved(response, closed, _with_writers(current, results))
    response = write_values(whole, values, by=by, origin=origin)
    return Saved(response, closed, _with_writers(current, results))


def _judge(
    questionnaire: Questionnaire,
    key: str,
    raw: object,
    held: Held,
    expected: int,
    closed: frozenset[str],
) -> FieldResult:
    field = questionnaire.fields_by_key.get(key)
    if field is None or field.is_calculated or field.kind is ValueKind.FILES:
        return FieldResult(Outcome.REFUSED, message=UNKNOWN)
    message = _why_not_kept(raw)
    if closed and questionnaire.section_by_question[field.question.id].id in closed:
        message = HANDED_AWAY
    if message:
        return FieldResult(Outcome.REFUSED, held.revision, message=message)
    value, is_valid = _kept_value(field, raw)
    if is_valid and (message := why_no_place(field, value)):
        return FieldResult(Outcome.REFUSED, held.revision, message=message)
    if value == held.value and type(value) is type(held.value):
        return FieldResult(Outcome.SAVED, held.revision, value)
    if expected != held.revision:
        return FieldResult(Outcome.STALE, held.revision, held.value)
    return FieldResult(Outcome.SAVED, expected + 1, value)


def _is_news(result: FieldResult, held: Held | None) -> bool:
    """Whether it must be written: a new value, or one carried over that now was typed as well."""
    if result.outcome is not Outcome.SAVED:
        return False
    before = held or NEVER
    return result.revision != before.revision or before.origin == Origin.CARRIED


def _with_writers(
    assignment: Assignment, results: Mapping[str, FieldResult]
) -> Mapping[str, FieldResult]:
    stale = [key for key, result in results.items() if result.outcome is Outcome.STALE]
    if not stale:
        return results
    rows = assignment.answers.filter(field__in=stale)
    written = {
        field: replace(results[field], writer_id=writer, written_at=moment)
        for field, writer, moment in rows.values_list("field", "updated_by", "updated_at")
    }
    return {**results, **written}


def _kept_value(field: Field, raw: object) -> tuple[object, bool]:
    """What is stored of what was typed, and whether the engine takes it."""
    try:
        return to_json(normalise(field, raw)), True
    except InvalidValue:
        return raw, False


def _why_not_kept(raw: object) -> str:
    parts = raw if isinstance(raw, list) else [raw]
    texts = [part for part in parts if isinstance(part, str)]
    if len(parts) > MOST_PARTS or sum(map(len, texts)) > LONGEST_KEPT:
        return f"文字数が多すぎるため保存できません（上限{LONGEST_KEPT:,}文字）。"
    found = next(filter(None, map(forbidden_character, texts)), None)
    return f"使用できない制御文字（{found}）が含まれているため保存できません。" if found else ""
